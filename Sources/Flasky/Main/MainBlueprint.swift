internal import Roost

extension Flasky {
    /// The pages of the blog.
    static func makeMainBlueprint(_ blog: BlogSettings) throws -> Blueprint {
        let main = Blueprint("main")
        try HomeViews(blog: blog).register(on: main)
        try PostViews(blog: blog).register(on: main)
        try ProfileViews(blog: blog).register(on: main)
        try ProfileAdminViews().register(on: main)
        try FollowViews(blog: blog).register(on: main)
        try ModerationViews(blog: blog).register(on: main)
        try SearchViews(blog: blog).register(on: main)
        return main
    }
}
