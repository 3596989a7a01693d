internal import Roost
internal import RoostDatabase
internal import RoostForms
internal import RoostPostgres

/// The form in which administrators change anybody's account.
struct ProfileAdminViews {
    func register(on main: Blueprint) throws {
        // The form asks for the token itself and shows what is wrong with it.
        try main.csrfExempt.requiring(.permission(.admin, of: User.self))
            .route("/edit-profile/<int:id>", methods: [.get, .post], endpoint: "edit_profile_admin") {
                (request: Request, id: Int) in try edit(id, request)
            }
    }

    private func edit(_ id: Int, _ request: Request) throws -> Response {
        guard var user = try User.find(id, in: request.database) else { try abort(404) }
        let form = try EditProfileAdminForm(of: user, in: request.database).read(request, showing: user)
        guard try form.validateOnSubmit() else { return try page(form, request) }
        form.populate(&user)
        do {
            try user.saveAccount(in: request.database)
        } catch let refusal as AccountRefusal {
            form.show(refusal)
            return try page(form, request)
        }
        request.flash("The profile has been updated.")
        return .redirect(to: try request.urlFor("main.user", ["username": user.username]))
    }

    private func page(_ form: EditProfileAdminForm, _ request: Request) throws -> Response {
        try request.render("edit_profile.html", ["form": form])
    }
}
