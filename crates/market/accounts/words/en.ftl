# Organisations and people: navigation
nav-my-orgs = My organisations
nav-reviews = Registrations and claims
nav-orgs = Organisations
nav-users = People
nav-audit = Audit
nav-outbox = Mail queue

# Actions (who may what)
action-account-enter = Signing in, registering, getting a link
action-account-use = Using one's own account
action-member-join = Asking to join an organisation, leaving one
action-member-desk = Seeing registrations and claims that wait
action-member-review = Deciding over registrations and claims
action-member-manage = Managing an organisation's members
action-org-list = Looking at the list of organisations
action-org-view = Looking at an organisation
action-org-add = Entering an organisation
action-org-edit = Keeping an organisation's profile and qualifications
action-org-classify = Settling an organisation's kind, region and marks
action-org-merge = Merging and closing organisations
action-org-import = Importing organisations
action-liaison-view = Seeing who the liaison is
action-liaison-set = Naming the liaison
action-liaison-import = Importing liaisons
action-user-view = Looking at people's accounts
action-user-edit = Keeping people's accounts
action-user-grant = Granting and ending roles
action-audit-view = Reading and checking the audit trail
action-outbox-view = Looking at the mail queue

# Kinds, identities, states, marks, qualifications
list-org-kind-centre = Provincial centre
list-org-kind-university-centre = University centre
list-org-kind-ip-centre = IP protection centre
list-org-kind-supervisor = Supervising department
list-org-kind-city-bureau = City science and technology bureau
list-org-kind-county-bureau = County science and technology bureau
list-org-kind-talent-office = Talent office
list-org-kind-branch-place = Branch by place
list-org-kind-branch-trade = Branch by trade
list-org-kind-brokerage = Technology brokerage
list-org-kind-agency = Technology transfer agency
list-org-kind-university = University
list-org-kind-institute = Research institute
list-org-kind-new-rd = New R&D body
list-org-kind-state-owned = State-owned enterprise
list-org-kind-company = Company
list-org-kind-park = Park
list-org-kind-ip-platform = IP operation platform
list-org-kind-financier = Financier
list-org-kind-media = Media
list-org-kind-external-market = Technology market elsewhere
list-org-kind-foreign = Foreign body
list-qualification-high-tech = High-tech enterprise
list-qualification-sme-tech = Technology SME
list-qualification-specialised = Specialised and innovative SME
list-qualification-above-scale = Above designated size
list-identity-uscc = Unified social credit code
list-identity-foreign = Registration abroad
list-identity-person = As a person
accounts-identity-uscc = Unified social credit code
accounts-identity-foreign = Registration abroad
accounts-identity-person = A person
accounts-identity-none = No code yet
accounts-org-state-unclaimed = unclaimed
accounts-org-state-pending = waits for review
accounts-org-state-active = active
accounts-org-state-merged = merged
accounts-org-state-closed = closed
accounts-user-state-unconfirmed = address not confirmed
accounts-user-state-pending = waits for review
accounts-user-state-invited = invited
accounts-user-state-active = active
accounts-user-state-refused = refused
accounts-user-state-closed = closed
accounts-member-state-asked = waits for review
accounts-member-state-active = member
accounts-member-state-left = left
accounts-member-state-refused = refused
accounts-tag-provincial-undergrad = Provincial undergraduate university
accounts-tag-key-outside = Key institution of another province
accounts-tag-leader = Leader of its industry

# Form: liaisons
intake-kind-liaisons = Liaisons
intake-kind-organisations = Organisations
section-liaison-org = Organisation
section-liaison-person = Liaison
    .hint = Used to reach them about the season; never public.
form-liaison-org = Organisation
    .hint = The full name.
form-liaison-uscc = Unified social credit code
form-liaison-name = Name
form-liaison-department = Department
form-liaison-position = Position
form-liaison-mobile = Mobile
form-liaison-phone = Office phone
form-liaison-email = Mail address
    .hint = If they have an account, its address: they can then sign in and act as liaison.
form-liaison-wechat = WeChat

# Form: organisations
section-organisation-identity = Identity
section-organisation-more = More about it
form-organisation-name = Name
    .hint = The full name, as on its licence.
form-organisation-uscc = Unified social credit code
form-organisation-kind = Kind
form-organisation-region = Region
form-organisation-address = Address
form-organisation-park = Park
form-organisation-qualifications = Qualifications
form-organisation-provincial-undergrad = Provincial undergraduate university
    .hint = Such universities recommend a minimum of projects each season.
form-organisation-intro = Introduction

# Form: registration
section-registration-person = You
section-registration-org = Your organisation
    .hint = If the platform knows it, you claim it by its code; otherwise it is registered with you.
form-registration-name = Name
form-registration-email = Mail address
    .hint = You sign in with it and get notices there, so give one that you read yourself.
form-registration-phone = Mobile
form-registration-title = Department and position
form-registration-identity = Identity
    .hint = Organisations in China have a unified social credit code; those abroad give their registration number; without an organisation choose “As a person”.
form-registration-uscc = Unified social credit code
form-registration-country = Country or territory
    .hint = Two letters, such as DE or SG.
form-registration-number = Registration number
form-registration-org-name = Organisation
form-registration-kind = Kind
form-registration-region = Region
    .hint = It decides which bureau reviews.

# Used everywhere
accounts-colon = :{" "}
accounts-optional = (optional)
accounts-choose = Choose
accounts-provinces = Provinces
accounts-errors-title = Please mend the following; nothing was written
accounts-saved = Saved.
accounts-add = Add
accounts-end = End
accounts-since = Since
accounts-history = History
accounts-reopen = Open again
accounts-export = Export
accounts-filter-clear = Clear filters
accounts-filter-name = Name or code
accounts-filter-user = Name or mail address
accounts-filter-no-liaison = Only universities and institutes without a liaison
accounts-days = { $n } days
accounts-f-email = Mail address
accounts-f-password = Password
accounts-f-new-password = New password
accounts-f-current = Present password
accounts-f-agree = I have read the terms and the privacy notice and agree
accounts-f-name = Name
accounts-f-lang = Language of mails
accounts-f-days = Valid for
accounts-f-token-name = Used for
accounts-f-to = Stand-in's mail address
accounts-f-from = From
accounts-f-until = Until
accounts-f-reason = Reason
accounts-f-title = Department and position
accounts-f-role = Role
accounts-f-org = Organisation
accounts-f-region = Region
accounts-f-kind = Kind
accounts-f-number = Number
accounts-f-identity = Unified social credit code
accounts-f-licence = Note on the licence
accounts-f-tags = Marks
accounts-f-state = State
accounts-f-address = Address
accounts-f-park = Park
accounts-f-intro = Introduction
accounts-f-org-name = Organisation
accounts-f-qualification = Qualification
accounts-f-certificate = Certificate number
accounts-f-merge-into = Merge into
accounts-f-claim-org = Organisation
accounts-f-grant-org = Within the organisation
accounts-org-hint = Its unified social credit code or its full name.

# Sign-in, links, consent
accounts-sign-in-title = Sign in
accounts-sign-in-button = Sign in
accounts-sign-in-forgot = Forgotten your password?
accounts-sign-in-register = Register
accounts-demo-title = Accounts of the demo
accounts-demo-password = password of all: { $password }
accounts-demo-enter = sign in as them
accounts-signed-out = You have signed out.
accounts-consent-title = Please confirm the terms
accounts-consent-button = Agree and sign in
accounts-consent-lead = The terms or the privacy notice have a new version, or you have not confirmed them yet. Please read and confirm them to go on.
accounts-consent-late = The page was open for too long. Please sign in again.
accounts-forgot-title = Get a new password
accounts-forgot-button = Send the link
accounts-forgot-lead = Give the address you sign in with, and we send you a link that holds for two hours. It also unlocks an account that was locked after wrong passwords.
accounts-forgot-sent-title = Please look into your mail
accounts-forgot-sent-lead = If there is an account of this address, a link arrives within minutes. If not, look among junk mail or try another address.
accounts-reset-title = Set a new password
accounts-reset-button = Save the password
accounts-reset-lead = Saving it ends all other sessions and unlocks the account.
accounts-reset-done = The password is saved. Please sign in.
accounts-reset-done-pending = The password is saved. You can sign in once your registration is approved.
accounts-link-over-title = The link no longer holds
accounts-link-over-lead = It was used, has expired or is incomplete. Please ask for a new one.
accounts-password-hint = At least 10 characters; a sentence is welcome. Not your mail address, your name or a common password.

# Registration
accounts-register-title = Register
accounts-register-lead = Tell us about yourself and your organisation. Once you have confirmed your address, the organisation's manager, the bureau in charge or the centre reviews, and you get a mail.
accounts-register-password = Password and consent
accounts-register-button = Register
accounts-register-have = You have an account? Sign in
accounts-register-sent-title = Please confirm your address
accounts-register-sent-lead = A mail is on its way to the address you gave. Open its link within three days; then your registration is reviewed.
accounts-confirm-title = Confirm your address
accounts-confirm-button = This is my address
accounts-confirm-lead = { $name }, please confirm that { $email } is your own address.
accounts-confirm-over-lead = The link was used or has expired. If you have confirmed your address, please wait for the review; otherwise register again.
accounts-confirmed-title = Your address is confirmed
accounts-confirmed-lead = Your registration is being reviewed. You get a mail with the outcome.

# My account
accounts-account-title = My account
accounts-profile = Profile
accounts-lang-zh = 中文
accounts-lang-en = English
accounts-lang-hint = The language of pages is switched at their top right.
accounts-password = Password
accounts-password-since = Set on { $day }
accounts-password-button = Change the password
accounts-password-changed = The password is changed; other sessions have ended.
accounts-roles = Roles
accounts-roles-none = No roles yet. They appear here once you belong to an organisation.
accounts-role-at = Where
accounts-role-of = { $role } · { $at }
accounts-everywhere = everywhere
accounts-sessions = Where you are signed in
accounts-sessions-end-others = End all others
accounts-sessions-ended = Ended.
accounts-session-this = this one
accounts-session-began = since { $time }
accounts-session-seen = last used { $time }
accounts-tokens = API tokens
accounts-tokens-lead = With a token a program acts as you. What it does counts as done by you, so keep it safe.
accounts-token-hint = For instance: sync of the university's research system.
accounts-token-button = Make a token
accounts-token-made-title = New token, shown only now
accounts-token-made-lead = Copy it now. It cannot be shown again, only ended and replaced.
accounts-token-until = until { $day }
accounts-token-since = made { $day }
accounts-token-ended = The token is ended.
accounts-stand-ins = Stand-ins
accounts-stand-ins-lead = While you are away, a colleague of the same organisation can act with all your roles; records say for whom. For up to 90 days, to be ended at any time.
accounts-stand-in-hint = The mail address with which the colleague signs in.
accounts-stand-in-button = Name the stand-in
accounts-stand-in-named = The stand-in is named and has been told.
accounts-stand-in-ended = Ended.
accounts-stand-in-by = { $name } stands in for me
accounts-stand-in-for = I stand in for { $name }
accounts-consented = version { $version }, agreed { $time }
accounts-document-version = Version { $version }

# Inbox
accounts-inbox-empty = Nothing here. What needs you is told here and by mail.
accounts-inbox-read = Mark all as read
accounts-inbox-new = new

# My organisations
accounts-my-orgs = My organisations
accounts-mine-none = No organisations yet.
accounts-claim-title = Join or claim an organisation
accounts-claim-lead = Its manager decides; where it has none, the bureau in charge of its region or the centre.
accounts-claim-hint = Its unified social credit code or full name. If the platform does not know it, ask the centre to enter it.
accounts-claim-button = Ask
accounts-claimed = You have asked; you will be told of the decision.
accounts-leave = Leave
accounts-leave-lead = Your roles there end at once; what you did stays with the organisation.
accounts-leave-button = Leave it
accounts-left = You have left { $name }.

# An organisation's page
accounts-edit-profile = Change the profile
accounts-edit-class = Settle name, kind, region, marks, code
accounts-former-names = Former names
accounts-merged-into = It became part of:{" "}
accounts-identity-hint = Left blank, the present code stays.
accounts-licence-hint = A few licences bear a code whose check character is wrong. If you have compared the original, say so here and it is taken.
accounts-qualifications = Qualifications
accounts-qualifications-none = None on record.
accounts-qualify = Add a qualification
accounts-holds = holds
accounts-expired = not in force
accounts-liaison = Liaison
accounts-liaison-lead = Each university and institute has exactly one liaison in office. Naming a new one ends the former's office, which stays on record.
accounts-liaison-name = Name the liaison
accounts-liaison-change = Change or update
accounts-liaison-none = No liaison is named.
accounts-liaison-there = named
accounts-liaison-missing = missing
accounts-liaison-since = in office since { $day }
accounts-liaison-account = has an account
accounts-liaison-invite = Invite them to an account
accounts-liaison-former = Former liaisons
accounts-liaison-reason-hint = Why the person changes, for instance: moved to another post.
accounts-liaison-set = The liaison is saved.
accounts-reason-merged = organisations merged
accounts-reason-left = left the organisation
accounts-reason-closed = account or organisation closed
accounts-reason-sheet = changed by the sheet
accounts-members = Members
accounts-members-none = No members yet.
accounts-member-change = Change
accounts-member-end = Remove
accounts-member-gone = Removed; their roles have ended.
accounts-invite = Invite a member
accounts-invite-button = Invite
accounts-invite-again = Invite again
accounts-invited = Sent.
accounts-decide = Decide
accounts-approve = Approve
accounts-refuse = Refuse
accounts-decided = The person has been told.
accounts-decided-over = { $name }'s request to join { $org } is decided; they have been told.
accounts-org-centre = For the centre
accounts-belongings = It has:{" "}
accounts-entries = needs and offers
accounts-batches = imports
accounts-files = files
accounts-merge = Merge into another organisation
accounts-merge-lead = Members, roles, liaisons, qualifications, needs and offers, imports and files all move to the other one; where both have the same, the other one's stays. This cannot be undone, so compare first.
accounts-merge-button = Merge
accounts-merged = Merged; everything has moved here.
accounts-close = Close the organisation
accounts-close-hint = Its members' roles end at once; what was published stays.
accounts-close-button = Close it

# The centre
accounts-orgs-none = No organisation fits these filters.
accounts-org-new = Enter an organisation
accounts-org-new-lead = If one with the same code is on record, it is completed with what you fill in; blanks change nothing. For many, use a sheet:
accounts-org-by-sheet = import
accounts-org-add = Enter it
accounts-org-added = It is on record; its people can claim it.
accounts-org-completed = It was on record and has been completed.
accounts-org-known = It was on record with the same content; nothing changed.
accounts-reviews-lead = Check that the person belongs to the organisation. Once approved, they act in that role, and a new organisation is opened.
accounts-reviews-none = Nothing waits for review.
accounts-review-new = new organisation
accounts-review-claim = claim
accounts-review-managers = { $n ->
    [0] no manager yet
    [one] 1 manager
   *[other] { $n } managers
}
accounts-users-none = Nobody fits these filters.
accounts-user-invite = Invite somebody
accounts-user-invite-lead = Makes an account for the address with a first role; its owner sets the password by a link. If the address has an account, the role is granted to it.
accounts-user-close = Close the account
accounts-user-close-lead = Sessions, tokens, roles and stand-ins end at once; what they did stays on record.
accounts-locked = locked
accounts-unlock = Unlock
accounts-grant = Grant a role
accounts-grant-button = Grant
accounts-grant-org-hint = Managers, members, liaisons and brokers need one: its unified social credit code or full name.
accounts-grant-region-hint = Bureaus, talent offices and branches need one.
accounts-grants-none = No roles.
accounts-ended-on = ended { $day }
accounts-audit-lead = Every action leaves a record. Records are chained in batches, so that a changed or missing one shows.
accounts-audit-verify = Check all records
accounts-audit-whole = All is well: { $batches } batches with { $entries } records are complete and unchanged.
accounts-audit-broken = The check failed: { $what }. Tell the administrator at once.
accounts-audit-none = No record fits these filters.
accounts-audit-when = When
accounts-audit-who = Who
accounts-audit-what = What
accounts-audit-kind = Kind of thing
accounts-audit-subject = Thing
accounts-audit-actor = Person's id
accounts-audit-key = Key
accounts-audit-detail = Details
accounts-audit-for = for { $name }
accounts-audit-nobody = the platform or a visitor
accounts-audit-erased = details erased on request
accounts-audit-open = not chained yet
accounts-audit-older = Older records
accounts-outbox-lead = Mails that wait, and mails that could not be sent. Address and text are sealed and not shown here.
accounts-outbox-none = No mail waits or has failed.
accounts-mail-state-waiting = waiting
accounts-mail-state-sent = sent
accounts-mail-state-dead = failed
accounts-mail-channel = Channel
accounts-mail-created = Made
accounts-mail-due = Next try
accounts-mail-tries = Tries
accounts-mail-error = Last error
accounts-mail-again = Send again
accounts-mail-revived = Queued again.

# Issues
issue-accounts-blank = Please fill this in.
issue-accounts-long = This has { $found } characters; { $max } are allowed. Please shorten it.
issue-accounts-day = “{ $found }” is no date. Write year-month-day, such as 2023-06-30.
issue-accounts-days-order = The end lies before the beginning or before today.
issue-accounts-days-many = At most { $max } days. Please shorten the time.
issue-accounts-country = “{ $found }” is no code of a country or territory outside China: two letters, such as DE. Organisations in China choose “Unified social credit code”.
issue-accounts-agree-needed = Please read the terms and the privacy notice and tick the box.
issue-accounts-password-short = This has { $found } characters; at least { $min } are needed. A sentence that you remember is good.
issue-accounts-password-long = At most { $max } characters. Please shorten it.
issue-accounts-password-common = This password is so common that it is easily guessed. Please choose another.
issue-accounts-password-own = A password must not be your mail address or name with a few digits. Please choose another.
issue-accounts-password-wrong = The present password is not right. Please type it again.
issue-accounts-sign-in-wrong = The mail address or the password is not right. After 5 wrong passwords sign-in stops for 15 minutes; “Forgotten your password?” unlocks at once.
issue-accounts-sign-in-pending = Your registration is being reviewed. You get a mail once you can sign in.
issue-accounts-sign-in-unconfirmed = Your address is not confirmed. Open the link in the mail; “Forgotten your password?” sends it again.
issue-accounts-sign-in-refused = Your registration was refused; the reason was mailed to you. Once things are corrected, you can register again.
issue-accounts-sign-in-closed = This account is closed. Ask the centre if it should be opened again.
issue-accounts-tokens-many = At most { $max } tokens at a time. Please end those you do not use.
issue-accounts-no-colleague = No colleague of your organisations has this address. Please check it.
issue-accounts-role-needs-org = This role is held within an organisation. Please name it.
issue-accounts-role-needs-region = This role is bound to a region. Please choose it.
issue-accounts-role-held = They hold this role already.
issue-accounts-user-not-active = The account is not in use, so it can be given no role.
issue-accounts-user-closed = The account of { $email } is closed. Ask the centre to open it again before inviting.
issue-accounts-close-self = You cannot close your own account. Please ask another person in charge.
issue-accounts-last-admin = This is the last administrator. Please make another one first.
issue-accounts-last-manager = This is the last manager of { $name }. Please make another member a manager first.
issue-accounts-member-already = Belongs to { $name } already, or has asked to.
issue-accounts-sheet-stays = Organisations and liaisons from a sheet are not taken back with their batch: others may refer to an organisation as soon as it is known, and who was liaison stays on record. Please change them on the organisation's page.
issue-accounts-org-over = { $name } is closed or merged. Please check which organisation is meant, or ask the centre.
issue-accounts-org-unknown = “{ $found }” was not found. Please check the credit code or the full name.
issue-accounts-org-several = “{ $found }” can be several: { $candidates }. Please give the credit code.
issue-accounts-identity-taken = This code belongs to { $name }. If both are the same, merge them.
issue-accounts-merge-itself = An organisation cannot be merged into itself. Please name another.
issue-accounts-liaison-no-mail = No mail address is given for the liaison, so no invitation can be sent. Please add it.
issue-accounts-liaison-twice = { $name } stands in row { $row } already. Each organisation has exactly one liaison; please keep one row.
issue-accounts-liaison-not-yours = You cannot name the liaison of { $name }. Please give your own organisation only; the centres import for all.
issue-accounts-liaison-org-unknown = The platform does not know { $name }. Please enter it first, or add its credit code.
issue-accounts-liaison-org-new = The platform does not know { $name } yet. It will be entered as “{ $kind_en }”, for its people to claim.
issue-accounts-org-twice = { $name } stands in row { $row } already. Please keep one row.
issue-accounts-org-renamed = This code is on record as “{ $former }”. It will take the name given here and keep the other as a former name.
issue-accounts-org-elsewhere = { $name } lies outside the region you are in charge of, or no region is given. Please enter organisations of your region.
issue-accounts-org-settled = { $name } is in use; only the centre changes its kind and region. Please give the present ones.
fault-accounts-sheet-stays = Organisations and liaisons are not taken back with their batch
fault-accounts-org-over = { $name } is closed or merged
    .text = Nothing was written. Please check which organisation is meant, or ask the centre.

# Notices and mails
notice-member-asked = { $who } asks to join { $org }: please decide
    .body =
        { $who } asks to join { $org }. Please check that they belong to it and decide:

        { $link }
notice-member-approved = You now belong to { $org }
    .body =
        Your request to join { $org } was approved. You can sign in and work:

        { $link }
notice-member-refused = Your request to join { $org } was refused: { $reason }
    .body =
        Your request to join { $org } was refused, for this reason:

        { $reason }

        Once things are corrected, you can ask again.
notice-member-added = { $who } added you to { $org }
    .body =
        { $who } added you to { $org }. If this is wrong, you can leave under “My organisations”:

        { $link }
notice-member-ended = Your roles at { $org } have ended: { $reason }
    .body =
        Your roles at { $org } have ended. Reason: { $reason }

        What you did there stays with the organisation. If you have questions, ask its manager.
notice-liaison-missing = The liaison of { $org } has left: please name another
    .body =
        The liaison of { $org } has left. Each university and institute has one in office, so please name another:

        { $link }
notice-org-merged = { $from } became part of { $org }
    .body =
        { $from } became part of { $org }. Its members, needs, offers and the rest have moved. Please check:

        { $link }
notice-password-changed = Your password was changed
    .body =
        Your password was changed just now, and your other sessions have ended. If this was not you, set a new one by “Forgotten your password?” at once and tell the administrator.

        { $link }
notice-stand-in-named = { $who } asks you to stand in from { $from } to { $until } ({ $reason })
    .body =
        { $who } asks you to stand in from { $from } to { $until }. Reason: { $reason }

        During this time you have their roles when you sign in, and records say for whom you act. You can end it under “My account”:

        { $link }
notice-stand-in-ended = { $who } ended a stand-in with you
    .body =
        { $who } ended a stand-in with you.

        { $link }
notice-role-granted = You have a new role
    .body =
        You were given a new role; see “My account”:

        { $link }
notice-role-ended = One of your roles has ended
    .body =
        One of your roles has ended; see “My account”. If you have questions, ask the centre.

        { $link }
accounts-mail-reset = Set a new password
    .body =
        { $name },

        open this link within two hours to set a new password:

        { $link }

        If you did not ask for it, ignore this mail; nothing changes unless the link is opened.
accounts-mail-invite = You are invited
    .body =
        { $name },

        { $org ->
            [none] you are invited to use the platform.
           *[other] you are invited to use the platform for { $org }.
        }
        Open this link within fourteen days to set a password; then sign in with this address:

        { $link }
accounts-mail-confirm = Please confirm your address
    .body =
        { $name },

        open this link within three days to confirm that this is your address. Then your registration is reviewed:

        { $link }

        If you did not register, ignore this mail; all is deleted after three days.
accounts-mail-known = You have an account
    .body =
        { $name },

        somebody registered with this address, which has an account. If it was you, just sign in; if you have forgotten the password, get a new one here:

        { $link }

        If it was not you, ignore this mail; nothing was changed.
accounts-mail-locked = Sign-in stopped for { $minutes } minutes
    .body =
        { $name },

        the password of your account was wrong several times, so sign-in is stopped for { $minutes } minutes. If it was you, this link sets a new password and unlocks at once:

        { $link }

        If it was not you, use the link to change your password.

# Audit
audit-account-changed = changed their profile
audit-account-confirmed = confirmed a registered address
audit-account-consented = agreed to a document
audit-account-inbox-read = marked notices as read
audit-account-link-asked = a link for a password was asked for
audit-account-locked = locked after wrong passwords
audit-account-password-changed = changed the password
audit-account-password-reset = set the password by a link
audit-account-registered = registered
audit-account-registered-known = registered with an address that has an account
audit-account-sessions-ended = ended sessions
audit-account-sign-in-failed = a sign-in failed
audit-account-signed-in = signed in
audit-account-signed-out = signed out
audit-account-stand-in-named = named a stand-in
audit-account-stand-in-ended = ended a stand-in
audit-account-swept = forgot unconfirmed registrations
audit-account-token-made = made an API token
audit-account-token-ended = ended an API token
audit-liaison-named = named the liaison
audit-liaison-updated = updated the liaison's data
audit-liaison-confirmed = checked the liaison, no change
audit-liaison-ended = the liaison left office
audit-liaison-invited = invited the liaison to an account
audit-member-asked = asked to join
audit-member-approved = approved a request to join
audit-member-refused = refused a request to join
audit-member-invited = invited a member
audit-member-role-changed = changed a member's role
audit-member-ended = a member left
audit-org-added = entered an organisation
audit-org-changed = changed an organisation's profile
audit-org-classified = settled an organisation's place
audit-org-confirmed = checked an organisation, no change
audit-org-opened = opened an organisation
audit-org-closed = closed an organisation
audit-org-reopened = opened an organisation again
audit-org-merged = merged an organisation into another
audit-org-took-over = took over another organisation
audit-org-qualified = recorded a qualification
audit-org-qualification-ended = ended a qualification
audit-outbox-revived = queued a mail again
audit-user-created = made an account
audit-user-invited = invited somebody
audit-user-invited-again = invited somebody again
audit-user-role-granted = granted a role
audit-user-role-ended = ended a role
audit-user-password-set = set a password for somebody
audit-user-unlocked = unlocked an account
audit-user-closed = closed an account
audit-user-reopened = opened an account again
