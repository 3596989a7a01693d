internal import RoostCommands

RoostCommand<BenchmarkApp>.start()
