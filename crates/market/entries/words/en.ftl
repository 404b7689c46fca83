# What needs and offers share: their life, lists, desk, review
nav-desk = My desk
nav-my-needs = My needs
nav-my-offers = My offers
nav-queue = To review
action-desk-see = See the desk and one's own or one's organisation's entries
action-entry-browse = Look at published needs and offers
action-entry-write = Write needs and offers, also by sheet
action-entry-submit = Hand in, take back, withdraw, renew
action-entry-return = Send back with reasons
action-entry-accept = Accept after a review
action-entry-publish = Publish and take down
action-entry-queue = See what waits for a review
action-entry-see-withheld = Look into withheld fields
action-entry-see-university = Look into withheld fields of universities' and institutes' entries
action-entry-expire = Expiry and reminders
audit-entry-made = Entry made
audit-entry-saved = Entry saved
audit-entry-submitted = Entry handed in
audit-entry-recalled = Entry taken back
audit-entry-returned = Entry sent back
audit-entry-accepted = Entry accepted
audit-entry-published = Entry published
audit-entry-withdrawn = Entry withdrawn
audit-entry-renewed = Entry renewed
audit-entry-expired = Entry expired
audit-entry-reopened = Entry taken up again
audit-entry-swept = Expired entries handled
audit-entry-marked = Marks of many entries filed for finding near-same ones
audit-entry-reminded = Reminders sent before expiry

# Notices
notice-entry-returned = “{ $title }” was sent back; please mend it
    .body =
        “{ $title }” was not accepted. The reasons stand on its page, beside the fields that they concern.
        You can mend it and hand it in again: { $link }
notice-entry-accepted = “{ $title }” was accepted and waits for publication
    .body = “{ $title }” was accepted. You will hear again when the centre publishes it. See it at { $link }
notice-entry-published = “{ $title }” is published
    .body =
        “{ $title }” is public now. You will be reminded before it ends; please withdraw it when things change.
        See it at { $link }
notice-entry-expired = “{ $title }” has expired and is no longer public
    .body =
        The validity of “{ $title }” is over, and it has left the public lists. Its content is kept for you.
        If it still holds, open its page and choose “Renew”: { $link }
notice-entry-ending = “{ $title }” ends in { $days } days
    .body =
        “{ $title }” ends in { $days } days. If it still holds, open its page and choose “Renew”; if it is solved or no longer needed, withdraw it.
        { $link }

# Why something cannot be done
fault-entries-closed = This has been handed in and can't be changed directly
    .text = What is not published yet can be taken back first; what is published must be withdrawn and taken up again. Nothing was written.
fault-entries-no-move = This can't be done in its present state
    .text = Its state may just have changed, because somebody else handled it. Open it again and look. Nothing was written.
fault-entries-too-early = It is too early to renew this
    .text = It can be renewed in its last three weeks. It is public now, and nothing needs to be done.

# Findings
issue-entries-other-org = The credit code is not that of its organisation: this belongs to “{ $name }” ({ $code }). Check the code; for another organisation make an entry of its own.
issue-entries-name-differs = The name differs from “{ $name }”, under which the organisation is registered here. Check it; after a change of name update the organisation first.
issue-entries-names-owner = The text names “{ $found }”, though you chose not to show the organisation's name. Put it so that it does not tell, or choose to show the name.
issue-entries-text-phone = The text holds the telephone number { $found }, which everybody would see. Remove it; contacts belong into the contact fields only.
issue-entries-text-mail = The text holds the mail address { $found }, which everybody would see. Remove it; contacts belong into the contact fields only.
issue-entries-text-patent = The text holds the patent number { $found }, by which the organisation can be found, though you chose not to show its name. Remove it or put it differently.
issue-entries-text-uscc = The text holds the credit code { $found }, by which the organisation can be found, though you chose not to show its name. Remove it.
issue-entries-text-mark = The text holds the trademark or brand “{ $found }”, by which the organisation can be known, though you chose not to show its name. Remove it, or use a common name for the thing.
issue-entries-text-person = The text names “{ $found }”, though you chose not to show the contact. Remove the name; contacts belong into the contact fields only.
issue-entries-text-web = The text holds the web address or account “{ $found }”, which everybody would see. Remove it; contacts belong into the contact fields only.
issue-entries-not-yours = Your account may not write for the organisation with the code { $code }. Check the code; writing for others needs the word of its manager or the centre.
issue-entries-org-new = This organisation is not known here yet; it is entered with the row, and its people can claim it later.
issue-entries-duplicate = The same has been handed in or published by an organisation, so it can't be handed in again. Look the entry up first; if you object, ask the centre.
issue-entries-row-repeated = The same as row { $row }; it goes in once.
issue-entries-row-twice = The same thing as row { $row }, but saying something else. Keep the right one.
issue-entries-row-same = The same is there already and is not taken in again.
issue-entries-row-changes = This is there already; taking the row in changes it.
issue-entries-row-merges = As you chose, this row changes “{ $title }” and makes no entry of its own.
issue-entries-merge-not = The entry that you chose can no longer be changed by a sheet (accepted, withdrawn, or not of this organisation). Keep the row with a reason instead, or leave it out.
issue-entries-alike = { $percent } % of the text is that of “{ $title }”. It should be another thing: merge them if it is the same, else keep it and say why.
issue-entries-alike-hidden = { $percent } % of the text is that of another organisation's entry which is not public yet. It should be another thing: check it, and say why if it is.
issue-entries-alike-title = The organisation has an entry of the same title, “{ $title }” ({ $percent } % of the text is the same). Merge them if it is the same thing, else change the title or say why.
issue-entries-alike-row = { $percent } % of the text is that of row { $row }. It should be another thing: leave one out if it is the same, else say why.
issue-entries-alike-row-title = Row { $row } has the same title and organisation ({ $percent } % of the text is the same). Leave one out if it is the same thing, else change the title or say why.
issue-entries-alike-kept = Nearly the same as another ({ $percent } %); kept because: { $reason }
issue-entries-bound = This is “{ $state_en }” by now and can't be taken back with its batch. If it must go, see to it on its own page first.
issue-entries-bound-changed = This was written anew after it went in, and taking it back would lose that. Please see to it on its own page.
issue-entries-bound-gone = This is not there any more.
issue-entries-differs = This was accepted or published already and differs from the row. To change it, take it back or withdraw it on the platform first.
issue-entries-differs-expired = This has expired and differs from the row. Renew it first, or withdraw it and hand it in again.
issue-entries-cap-over = By this year's programme an organisation recommends at most { $cap } as a rule, and with this row it is { $count }. Choose the best, or ask the centre for a waiver.
issue-entries-waived = The centre has waived this for the organisation; it may be handed in.
issue-entries-confirm = Look at the public version first and say so with the tick (API: confirm: true): something is withheld, or a text may tell what is.
issue-entries-no-org = No credit code could be read, so the organisation is not known.
issue-entries-unknown-field = The form has no field “{ $field }”; compare with the API description.
issue-entries-org-name = This organisation is not known here yet; give its full name (at most 100 characters).
issue-entries-reasons-none = Choose at least one reason: its owner has to mend the entry by it.
issue-entries-reasons-many = There are too many reasons (at most 20); join some.
issue-entries-reasons-long = A note is too long (at most 500 characters); shorten it.
issue-entries-reasons-silent = With “Other”, say what the reason is.
issue-entries-reasons-field = A reason names a field that the form does not have.

# Kinds, states, moves
entries-kind-need = Technical need
entries-kind-patent = Patent
entries-kind-achievement = Achievement
entries-state-draft = Draft
entries-state-submitted = To review
entries-state-returned = Sent back
entries-state-accepted = To publish
entries-state-published = Published
entries-state-expired = Expired
entries-state-withdrawn = Withdrawn
entries-move-submit = Check and hand in
entries-move-recall = Take back
entries-move-return = Send back
entries-move-accept = Accept
entries-move-publish = Publish
entries-move-withdraw = Withdraw
entries-move-renew = Renew
entries-move-reopen = Take up again
entries-confirm-recall = It leaves the review and must be handed in again after your changes. Take it back?
entries-confirm-withdraw = It is no longer public or reviewed; its content is kept and can be taken up again. Withdraw it?
entries-confirm-renew = Does it still hold? Its validity begins anew today.
entries-confirm-reopen = Make it a draft again, to be changed and handed in?
entries-done-submit = Handed in. You will be told the outcome.
entries-done-recall = Taken back; you can change it.
entries-done-return = Sent back; its owner has been told why.
entries-done-accept = Accepted; it waits for publication.
entries-done-publish = Published.
entries-done-withdraw = Withdrawn.
entries-done-renew = Renewed.
entries-done-reopen = It is a draft again.
entries-event-made = Made
entries-event-sheet = Handed in
entries-event-draft = Made a draft
entries-event-submitted = Handed in
entries-event-recalled = Taken back
entries-event-returned = Sent back
entries-event-taken-down = Taken down and sent back
entries-event-accepted = Accepted
entries-event-published = Published
entries-event-renewed = Renewed
entries-event-expired = Expired
entries-event-withdrawn = Withdrawn
entries-event-reopened = Taken up again
entries-platform = The platform
entries-untitled = (untitled)

# Reasons for sending back
entries-reason-missing = Something needed is missing
    .hint = Say what: working conditions, present values, a date.
entries-reason-unclear = Not clear
    .hint = Say which sentence can't be understood, and what should be added.
entries-reason-not-quantified = Indicators without figures
    .hint = Ask for value, unit and present value, so that it can be judged whether they are met.
entries-reason-out-of-scope = Outside the call
    .hint = Say what it belongs to and where to go with it.
entries-reason-not-in-force = The patent is not in force
    .hint = Ask to check its legal state and fees.
entries-reason-needs-consent = Somebody's consent is missing
    .hint = Co-owners, partners, or consent to a public contest.
entries-reason-duplicate = Handed in before
    .hint = Name the entry that is there.
entries-reason-names-owner = The text tells what is to be withheld
    .hint = Say where it names organisation, product, person or contact.
entries-reason-too-early = Too early
    .hint = Say at what stage it should come back.
entries-reason-other = Other
    .hint = Say what the reason is.

# Lists
entries-filters = Filters
entries-filter-kind = Kind
entries-filter-sector = Field
entries-filter-region = Region
entries-filter-category = Type
entries-filter-maturity = Maturity
entries-filter-mode = Way of working or dealing
entries-filter-price = Amount
entries-filter-plan = Level of the plan
entries-filter-mark = From outside
entries-mark-outside-province = Outside the province
entries-mark-outside = Outside the city
entries-mark-million = A million and more
entries-mark-large = { $wan } × 10,000 yuan and more
entries-filter-since = Published within
entries-filter-state = State
entries-filter-age = Waiting time
entries-age = more than { $n } days
entries-sort = Order
entries-sort-newest = Newest first
entries-sort-cheapest = Amount, low to high
entries-sort-dearest = Amount, high to low
entries-sort-deadline = Ending soonest first
entries-price-0-10 = below ¥100,000
entries-price-10-50 = ¥100,000–500,000
entries-price-50-100 = ¥500,000–1,000,000
entries-price-100-500 = ¥1–5 million
entries-price-500 = ¥5 million and more
entries-price-negotiable = negotiable
entries-maturity-1-3 = Principle and concept (TRL 1–3)
entries-maturity-4-5 = Laboratory (TRL 4–5)
entries-maturity-6-7 = Pilot (TRL 6–7)
entries-maturity-8-9 = Production (TRL 8–9)
entries-since-7 = 7 days
entries-since-30 = 30 days
entries-since-90 = 90 days
entries-search-label = Search titles, organisations, keywords and summaries
entries-search-hint = title, organisation, patent number, keyword …
entries-apply = Apply
entries-chips = Conditions in force
entries-chip = { $label }: { $value }
entries-chip-off = Take this condition off
entries-clear = Clear all conditions
entries-none-fit = Nothing fits. Take some conditions off, or search in other words.
entries-follow = Follow this and hear of what is new
entries-share = The address bar holds the address of this list; you can pass it on.
entries-export = Export what is public:
entries-export-cap = (the first { $n } only)
entries-pages = Pages
entries-published-on = published { $day }
entries-days-left = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}
entries-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
entries-price-withheld = amount withheld
entries-name-withheld = name withheld
entries-col-kind = Kind
entries-col-title = Title
entries-col-category = Type
entries-col-sector = Field
entries-col-org = Organisation
entries-col-place = Region
entries-col-maturity = Maturity
entries-col-modes = Ways of working or dealing
entries-col-price = Amount
entries-col-summary = Summary
entries-col-published = Published on
entries-col-expires = Valid until
entries-col-address = Address

# An entry's page
entries-ind-name = Indicator
entries-ind-target = Target
entries-ind-present = At present
entries-private = not public
entries-not-public = This is not public at present; only its organisation and the reviewers see it.
entries-withheld-note = By its owner's wish { $n ->
    [one] one thing is
   *[other] { $n } things are
} withheld. Sign in and get in touch through the platform where you need them.
entries-sees-all = You see everything; what is marked “not public” appears on no public page, in no export and in no API answer.
entries-history = What happened
entries-edit = Edit
entries-review = Review
entries-twins = Other entries of the same thing or nearly the same
entries-twin = State: { $state }
entries-twin-hidden = Another organisation's entry (not for you to see)
entries-twin-near = Nearly the same ({ $percent } %), state: { $state }
entries-beside = Side by side
entries-beside-title = Two entries side by side
entries-beside-lead = Fields that say otherwise are marked. What is not for you to see is shown as withheld and not compared.
entries-beside-field = Field
entries-beside-differs = differs

# A new one
entries-new-need = Post a need
entries-new-need-lead = Say what the background is, what is to be solved, and by which figures it is to be judged. Whether name, budget, indicators and contact are shown is for you to decide, one by one.
entries-new-patent = Register a patent
entries-new-patent-lead = One entry a patent. Have number, day of grant and legal state at hand; where there are co-owners, ask them first.
entries-new-achievement = Register an achievement
entries-new-achievement-lead = Say what it solves, what it reaches and how far it is. Classified work must not be uploaded.
entries-start-org = For which organisation
entries-start-uscc = The organisation's unified social credit code
entries-start-uscc-hint = 18 characters. What is known of an organisation here is filled in.
entries-start-name = The organisation's full name
entries-start-name-hint = Only needed when the organisation is not known here yet.
entries-start-go = Begin
entries-start-needed = What you will need
entries-start-many = Many at once?
entries-start-template = Download the workbook
entries-start-upload = Upload a sheet
entries-stale = Somebody else has changed this since you opened it. Below is what you typed, not saved yet; saving again replaces their change. To see theirs first, open this page in another window.
entries-returned-why = Why it was sent back
entries-check-go = Save and check
entries-keep = Save the draft
entries-offline = The server can't be reached; your text is still on the page, and saving is tried again
entries-saved = Draft saved; completeness { $score }.
entries-autosaved = Saved at { $time }; completeness { $score }, { $issues ->
    [0] nothing to mend
    [one] 1 thing to mend
   *[other] { $issues } things to mend
}
entries-score = Completeness
entries-score-hint = Counted from required fields, optional fields and indicators. An indicator with unit and present value counts more, and finds the right team sooner.
entries-score-short = completeness { $n }

# The check before handing in
entries-check = Check before handing in
entries-check-errors = { $n ->
    [one] 1 thing must be mended
   *[other] { $n } things must be mended
}
entries-check-warnings = { $n ->
    [one] 1 thing to look at (it can be handed in)
   *[other] { $n } things to look at (it can be handed in)
}
entries-check-taken = The same has been handed in or published already and can't be handed in again.
entries-check-lead = Nothing is wrong. Compare with the public version beside it, and make sure that what you want withheld is not there.
entries-check-mine = All that you wrote
entries-check-mine-hint = Seen by your organisation and the reviewers only.
entries-check-public = What the public will see
entries-check-public-hint = Pages, exports and the API use this version and no other.
entries-check-submit = Confirm the public version and hand in
entries-check-confirm = I have looked at the public version; nothing in it should stay hidden
entries-check-back = Back to editing

# My entries, desk
entries-my-needs = My technical needs
entries-my-offers = My patents and achievements
entries-mine-none = There is nothing here yet. Begin with a button above, or upload a sheet.
entries-changed = changed { $time }
entries-waits = { $n ->
    [one] has waited 1 day
   *[other] has waited { $n } days
}
entries-desk-unread = unread notices
entries-desk-needs-returned = needs sent back
entries-desk-needs-draft = drafts of needs
entries-desk-needs-submitted = needs under review
entries-desk-needs-published = needs published
entries-desk-offers-returned = offers sent back
entries-desk-offers-draft = drafts of offers
entries-desk-offers-submitted = offers under review
entries-desk-offers-published = offers published
entries-desk-to-review = to review
entries-desk-to-publish = to publish
entries-desk-returned = Sent back, to be mended
entries-desk-ending = Ending soon
entries-desk-waiting = Waiting for review
entries-desk-oldest = the oldest since { $time }
entries-desk-drafts = Drafts
entries-desk-drafts-none = No drafts.
entries-desk-no-role = Your account belongs to no organisation yet, so you can only look around. Ask on your account page to join yours, or wait for the review.

# Review
entries-queue-order = first come first
entries-queue-none = Nothing waits for a review.
entries-queue-all = Choose all on this page
entries-queue-waits = Waits
entries-bulk-hint = With those chosen (at most { $n } at once):
entries-bulk-go-publish = Accept and publish
entries-bulk-accept = { $left ->
    [0] { $done } accepted.
   *[other] { $done } accepted; { $left } left alone (their state changed, or they are not yours).
}
entries-bulk-publish = { $left ->
    [0] { $done } published.
   *[other] { $done } published; { $left } left alone (their state changed, or they are not yours).
}
entries-review-issues = What the platform found
entries-review-return = Send back
entries-review-take-down = Take down and send back
entries-review-return-hint = Choose reasons, name the field, say how to mend it. Its owner sees each of them.
entries-review-field = Field
entries-review-whole = (the whole entry)
entries-review-note = Note
entries-review-decide = Decide
entries-review-nothing = There is nothing for you to decide in its present state.
