internal import Roost
internal import RoostProfiler

extension StandardSettings {
    static let profiler: [Setting] = ProfilerSettings.all
}
