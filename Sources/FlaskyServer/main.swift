internal import RoostCommands

RoostCommand<FlaskyProgram>.start()
