internal import RoostForms
internal import RoostPostgres

/// What administrators change of somebody's account.
final class EditProfileAdminForm: Form, ModelForm {
    let email = StringField("Email", validators: AccountRules.email)
    let username = StringField("Username", validators: AccountRules.username)
    let confirmed = BooleanField("Confirmed")
    let role = SelectField<Int>("Role")
        .invalidValueMessage("Invalid Choice: could not coerce")
        .invalidChoiceMessage(notAChoice)
    let name = StringField("Real name", validators: [.length(0...64), .storable])
    let location = StringField("Location", validators: [.length(0...64), .storable])
    let aboutMe = TextAreaField("About me", validators: [.storable])
    let submit = SubmitField("Submit")

    private let user: User
    private let database: Connection
    private static let notAChoice = "Not a valid choice"

    /// - Parameter user: whose account it is; his own address and name are not taken.
    init(of user: User, in database: Connection) throws {
        self.user = user
        self.database = database
        super.init()
        role.choices = try Role.query.order(\.name.ascending).all(in: database).map { Choice($0.id, $0.name) }
    }

    func bind(_ user: inout ModelBinding<User>) {
        user.bind(email, \.email)
        user.bind(username, \.username)
        user.bind(confirmed, \.isConfirmed)
        user.bind(role, \.roleID)
        user.bind(name, \.name)
        user.bind(location, \.location)
        user.bind(aboutMe, \.aboutMe)
    }

    override func check(_ field: Field) throws {
        if field === email, email.value != user.email {
            try AccountRules.checkEmailIsFree(email.value, except: user, in: database)
        } else if field === username, username.value != user.username {
            try AccountRules.checkUsernameIsFree(username.value, except: user, in: database)
        } else if field === role {
            try checkRole()
        }
    }

    /// Without a role that can be read the field has the user's own; it is not to be stored as if it had been chosen.
    private func checkRole() throws {
        let isChosen = role.rawData?.isEmpty == false && role.processErrors.isEmpty
        if !isChosen { throw ValidationError(Self.notAChoice) }
    }

    /// Shows why the account was not stored although the form was right.
    func show(_ refusal: AccountRefusal) {
        switch refusal {
        case .emailIsTaken: email.errors.append(AccountRules.emailIsTaken)
        case .usernameIsTaken: username.errors.append(AccountRules.usernameIsTaken)
        case .lastAdministrator:
            role.errors.append("Somebody must be administrator: give the role to another user first.")
        }
    }
}
