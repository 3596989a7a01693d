internal import Roost
internal import RoostTemplates

extension Flasky {
    /// What every template of the blog may ask for, beside what the framework gives.
    static func usePageValues(in app: App) {
        app.templates?.global("Permission", PermissionView())
        app.login?.anonymousUser = StrangerView()
    }
}
