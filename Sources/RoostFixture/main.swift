internal import RoostCommands

RoostCommand<Fixture>.start()
