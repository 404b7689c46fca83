# Who may what
action-lot-see = See lots
action-lot-make = Write lots
action-lot-desk = See the register of lots
action-lot-approve = Approve rules and times
action-lot-announce = Announce and withdraw lots
action-lot-register = Register to bid
action-lot-bid-for = Bid for an organisation
action-lot-admit = Admit bidders
action-lot-bid = Bid, and pledge a deposit
action-lot-ask = Ask a question, watch a lot
action-lot-answer = Answer questions
action-lot-ledger = Keep the deposits
action-lot-office = Run the hall (pause, terminate, resume)
action-lot-award = Publish and confirm awards
action-lot-my = See one's own bids
action-lot-score = Seal scores
action-lot-follow = Follow the logs
action-licence-see = See open licences
action-licence-declare = Declare and withdraw an open licence
action-licence-keep = Keep what the patent office announced
action-licence-take = Take an open licence by notice
nav-lots = Auctions
nav-my-bids = My bids
nav-centre-lots = Lots
nav-deposits = Deposits

# Where a lot stands
lot-state-draft = draft
lot-state-reviewed = approved
lot-state-logged = announced
lot-state-dropped = given up
lot-phase-draft = draft
lot-phase-reviewed = approved, to be announced
lot-phase-dropped = given up
lot-phase-announced = announced, registration open
lot-phase-ready = about to begin
lot-phase-free = free period
lot-phase-timed = timed period
lot-phase-offers = offers come in
lot-phase-unsealing = offers are opened
lot-phase-falling = price falling
lot-phase-listed = listed
lot-phase-closing = closed
lot-phase-asking = holders of priority are asked
lot-phase-provisional = provisionally awarded
lot-phase-publicity = award on show
lot-phase-confirmed = sold
lot-phase-failed = unsold
lot-phase-terminated = terminated
lot-phase-defaulted = buyer withdrew
lot-phase-voided = voided
lot-mode-english = rising price
lot-mode-sealed = sealed offers
lot-mode-scoring = scored offers
lot-mode-dutch = falling price
lot-mode-listed = listing
lot-deal-transfer = transfer
lot-deal-exclusive = exclusive licence
lot-deal-sole = sole licence
lot-deal-ordinary = ordinary licence
lot-profile-default = the platform's own
lot-profile-judicial = as in judicial sales
lot-profile-state-owned = state-owned seller
lot-fee_payer-buyer = the buyer
lot-fee_payer-seller = the seller
lot-then-english = timed, rising
lot-then-sealed = sealed offers
lot-priority-none = none
lot-priority-hall = by matching in the hall
lot-priority-ask = asked one by one after the close
lot-hammer-none = not needed
lot-hammer-officer = by an officer
lot-publicity_days-working = working days
lot-publicity_days-plain = calendar days
lot-relation-none = none
lot-relation-inventor = inventor
lot-relation-holder = other holder of priority
lot-relation-affiliate = of the seller's group
lot-bidder-asked = waits for admission
lot-bidder-admitted = admitted
lot-bidder-refused = refused
lot-stage-none = not paid
lot-stage-pledged = said to be paid
lot-stage-bank-seen = seen by the bank
lot-stage-confirmed = confirmed
lot-stage-locked = locked
lot-stage-released = goes back
lot-stage-applied = counts towards the price
lot-stage-forfeited = kept

# Writing a lot
lot-new = New lot
lot-make = Put up for auction
lot-edit = Change the lot
lot-form-lead = Two officers approve a lot before it is announced; then its rules are frozen, and a change is a new notice.
lot-approvals-go = { $n } officers approved; a change asks for both again.
lot-errors = Please mend the following
lot-must = required
lot-save = Save
lot-items = What is sold
lot-reserve-kept = A reserve is set and sealed. Left empty it stays; a dash takes it away.
lot-part-what = What and on which terms
lot-part-price = Price and deposit
lot-part-mode = Mode
lot-part-rights = Priority and publicity
lot-part-times = Times
lot-f-title = Title
lot-f-deal = Kind of deal
lot-f-about = About the lot
lot-f-delivery = What the buyer receives
lot-f-payment_days = Payment within
lot-h-payment_days = Days from the confirmation
lot-f-viewing_days = Viewing
lot-h-viewing_days = Days before bidding
lot-f-viewing = How to view
lot-f-qualification = Qualification
lot-f-representative = The seller's legal representative
lot-h-representative = Only to find out whether a bidder is of the seller's group; kept as a fingerprint, never shown; left empty it stays
lot-f-fee = Service fee (%)
lot-h-fee = Of the price; 0 for none
lot-f-fee_payer = Who pays the fee
lot-f-profile = Profile
lot-h-profile = Judicial: a free period of a day at least; state-owned: twenty days of notice
lot-f-start = Start
lot-h-start = The highest price of a falling lot, the price asked of a listing. “50万元” is understood
lot-f-reserve = Reserve
lot-h-reserve = Optional. Only its commitment is published; it is opened at the close, and below it the lot fails
lot-f-step = Step
lot-h-step = Left empty it is 1 % of the start
lot-f-tiers = Steps by price
lot-h-tiers = A line each: a price from which on, and a step, as “0: 5000”, “100万: 1万”
lot-f-steps = Most steps of one bid
lot-f-guard_steps = Confirm above so many steps
lot-f-guard_percent = Confirm above so many percent
lot-f-deposit = Deposit (% of the start)
lot-h-deposit = 5 to 20
lot-f-bidders_min = Fewest bidders
lot-f-mode = Mode
lot-f-free = Free period (minutes)
lot-f-window = Timed window (seconds)
lot-h-window = 60 to 600; every leading bid begins it anew
lot-f-cap = Cap (minutes)
lot-h-cap = Optional; the lot then ends in one sealed round, never in a cut
lot-f-open = Open for (minutes)
lot-h-open = For sealed, scored and listed lots
lot-f-runoff = Run-off among equals (minutes)
lot-f-price_weight = Weight of the price (%)
lot-f-criteria = Other criteria
lot-h-criteria = A line each: name and weight, as “技术方案 25”; 100 together with the price
lot-f-dutch_step = Step down
lot-f-dwell = A price stands for (seconds)
lot-f-floor = Floor
lot-f-then = Round among several takers
lot-f-round = That round (seconds)
lot-f-priority = Right of priority
lot-h-priority = Inventors of a service invention come first on equal terms (Civil Code, art. 847)
lot-f-ask = Seconds for each holder
lot-f-hammer = Confirmation of the hammer
lot-h-hammer = An officer confirms the hammer when bidding is closed, before there is an award; without it the award follows by the rules alone
lot-f-publicity = Publicity of the award (days)
lot-f-publicity_days = Counted in
lot-f-notice = Notice (days)
lot-f-registers_until = Registration closes
lot-f-starts = Bidding begins
lot-h-starts = On a bidding day of the programme (Wednesdays and Fridays but for holidays); a listing on any day
lot-f-pause_days = Longest pause (days)
lot-h-pause_days = Not resumed within it, the lot is terminated and deposits go back

# A lot's page
lot-when = When
lot-when-live = Live now
lot-when-today = Today
lot-when-coming = Coming
lot-when-ended = Ended
lot-when-sold = Sold
lot-list-lead = Patents and achievements sold in the open. Rules are frozen when they are announced, and anyone can check the whole log.
lot-next-days = Next bidding days: { $days }.
lot-results = Results
lot-results-lead = What became of lots that ended: sold, unsold, terminated, voided.
lot-search = Title or number
lot-none = No lot fits just now.
lot-to-offers = See offers
lot-wan = × 10,000 yuan
lot-start = Start
lot-begins = begins { $at }
lot-ends = ends { $at }
lot-counts = { $bidders } bidders · { $bids } bids
lot-round = sale no. { $n }
lot-days = { $n } days
lot-hours = { $n } hours
lot-minutes = { $n } minutes
lot-seconds = { $n } seconds
lot-not-public = Not announced yet: only the seller and the centre see this page.
lot-origin = Follows:
lot-follower = Followed by:
lot-award = Award
lot-award-says = Paddle { $paddle } at { $price }.
lot-award-until = On show until { $at }; provisional until it is confirmed.
lot-award-final = The publicity is over and the award is confirmed.
lot-ended-why = No sale: { $why }
lot-not-resumed = it was paused and not resumed in time
lot-notice = Notice
lot-seller = Seller
lot-fee-none = No service fee is charged.
lot-fee-says = { $percent } % of the price, paid by { $payer }.
lot-fee-at-start = At the start that is { $fee }.
lot-rules = Rules
lot-tier = from { $from }, { $step } a step
lot-steps-most = { $n } steps at most
lot-reserve-secret = secret, sealed
lot-reserve-none = none
lot-reserve-hash = Commitment to the reserve
lot-priority-asks = asked in their order after the close, { $time } each
lot-publicity-working = { $n } working days
lot-publicity-plain = { $n } days
lot-pause = Pause
lot-pause-says = After a pause everyone has a complete window; not resumed within { $time }, the lot is terminated and deposits go back
lot-window-says = { $time }, begun anew by every leading bid
lot-cap-says = after { $time } one sealed round decides
lot-questions = Questions and answers
lot-questions-none = No question has been answered yet.
lot-ask = Ask a question
lot-ask-hint = Once answered, both are public; who asked is not shown.
lot-ask-send = Send
lot-answer = Answer
lot-answer-send = Publish the answer
lot-evidence = Evidence
lot-evidence-lead = Notice, rules and log are chained by hashes and signed in batches; the package can be checked offline.
lot-notice-hash = Hash of the notice
lot-rules-hash = Hash of the rules
lot-head = Head of the log
lot-key = The platform's public key
lot-price-now = Price now
lot-price-award = Price awarded
lot-deposit = Deposit
lot-end = Phase ends
lot-bidders = Bidders
lot-bids = Bids
lot-to-room = Enter the room
lot-register = Register to bid
lot-watch = Watch
lot-unwatch = Stop watching
lot-paper = Confirmation of the award
lot-mine = My part
lot-you-won = You won
lot-paddle = Paddle
lot-paddle-n = paddle { $n }
lot-pay-code = Payment code
lot-pay-how = Please pay { $amount } into the centre's account for deposits, with the code { $code } in the remark.
lot-pledge = I have paid the deposit
lot-work = At work
lot-approved-by = approved by { $name }, { $at }
lot-approve = Approve
lot-announce = Announce
lot-confirm = Confirm the award
lot-relist = Put on sale again
lot-drop = Give up
lot-bidders-desk = Bidders
lot-reason = Reason
lot-send-back = Send back
lot-send-back-hint = Who made it reads the reason; approvals go.
lot-replace = Withdraw and announce anew
lot-replace-hint = A change is a new notice: this lot ends and another begins. The reason is public.
lot-withdraw = Withdraw
lot-withdraw-hint = Only before bidding begins; all deposits go back. The reason is public.
lot-default = The buyer withdrew
lot-default-hint = The deposit is kept and the lot may be on sale again. The reason is public.
lot-panel = Auction
lot-back = Back to the lot

# Registering
lot-register-lead = Who you are is sealed; the hall shows a paddle alone. The centre admits you after a look at your qualification.
lot-register-deposit = A deposit of { $amount } is to be paid before bidding begins; who does not win gets it back within 24 hours of the close.
lot-register-fee = The service fee is { $percent } % of the price.
lot-register-send = Register
lot-r-org = Bidding for
lot-r-self = myself
lot-r-asked = Asked of bidders: { $text }
lot-r-representative = Legal representative
lot-rh-representative = Required for an organisation, to find out whether it is of the seller's group
lot-r-phone = Telephone
lot-r-qualification = Qualification
lot-r-declared = The relation
lot-rh-declared = Required with a tick below: on what it rests
lot-r-bank = Bank for the refund
lot-r-account_holder = Account holder
lot-r-account = Account number
lot-r-file = Mandate
lot-rh-file = Who does not run the organisation sends the stamped scan (PDF, JPG, PNG)
lot-r-relation = Relation to the lot and its seller
lot-rh-relation = Please declare truly. The seller, its parent, subsidiaries and sisters may not bid.
lot-r-inventor = An inventor, or a company of theirs
lot-r-holder = Another holder of a right of priority, a co-owner say
lot-r-group = Parent, subsidiary or sister of the seller
lot-r-accepts = I have read and accept the notice and its rules
lot-my-lead = Lots in which you take part, and lots that you watch.
lot-my-bids = I take part in
lot-my-none = You take part in none yet.
lot-my-watched = I watch
lot-my-watched-none = You watch none yet.

# The centre's desk
lot-desk-lead = What waits for approval, announcement, admission, confirmation.
lot-desk-draft = Drafts, to be approved
lot-desk-draft-hint = Nothing waits for approval.
lot-desk-reviewed = To be announced
lot-desk-reviewed-hint = Nothing waits to be announced.
lot-desk-running = Announced
lot-desk-running-hint = Nothing is announced.
lot-desk-live = Live
lot-desk-live-hint = Nothing is live just now.
lot-desk-award = On show, to be confirmed
lot-desk-award-hint = No award is on show.
lot-desk-unsold = Unsold
lot-desk-unsold-hint = Nothing went unsold.
lot-mark-asked = { $n } wait for admission
lot-mark-questions = { $n } questions wait
lot-mark-confirm = publicity over, to be confirmed
lot-bidders-lead = Names are shown here alone, to who admits; the log holds paddles and commitments.
lot-bidders-none = Nobody has registered yet.
lot-confirm-deposits = Confirm { $n } deposits that the bank has seen
lot-rank = Rank
lot-admit = Admit
lot-refuse = Refuse
lot-deposits-lead = Import the bank's statement; lines are matched by payment code, and a confirmed deposit lets its bidder bid. Refunds are ordered within 24 hours of a close.
lot-statement = Bank statement
lot-statement-file = The file
lot-statement-hint = A workbook or CSV with date, payer, amount and remark. The same line never counts twice.
lot-statement-send = Import
lot-seen = Seen by the bank, to be confirmed
lot-unmatched = Lines without a bidder
lot-unmatched-none = Every line has its bidder.
lot-assign = Assign
lot-aside-note = Note
lot-aside = No deposit
lot-owed = To go back
lot-owed-none = Nothing is to go back.
lot-due = due { $at }
lot-order-back = Make the refund file
lot-refund-file = Refund file of { $at }
lot-matched = Matched lines
lot-matched-none = No line is matched yet.
lot-statements = Imports
lot-statements-none = No statement has been imported yet.
lot-statement-counts = { $fresh } new, { $matched } matched
lot-line-no-code = no payment code in the remark
lot-line-amount = not the deposit's amount
lot-line-twice = paid already
lot-line-late = too late
lot-line-by-hand = assigned by hand

# The paper
lot-paper-number = No. { $number }
lot-paper-lot = Lot
lot-paper-buyer = Buyer
lot-paper-deposit = Deposit (counts towards the price)
lot-paper-rest = Still to be paid
lot-paper-fee = Service fee
lot-paper-closed = Bidding closed
lot-paper-confirmed = Confirmed
lot-paper-says = This confirmation rests on the lot's notice, rules and log; both parties are to conclude a contract and transfer the title by it.
lot-paper-signs = Seller (seal): ____________ Buyer (seal): ____________ Organiser (seal): ____________ Date: ____________

# What was done
lot-said-made = Lot { $number } is made and waits for two officers.
lot-said-changed = Saved; both approvals are needed again.
lot-said-dropped = The lot is given up.
lot-said-approved = Approved; another officer must, too.
lot-said-reviewed = Both approved: it may be announced.
lot-said-sent-back = Sent back.
lot-said-announced = Announced; the rules are frozen.
lot-said-withdrawn = Withdrawn; deposits go back.
lot-said-replaced = Withdrawn. Please change this one, have it approved and announce it.
lot-said-relisted = Made anew on the same terms. Please set times and price (at most 20 % lower).
lot-said-confirmed = The award is confirmed.
lot-said-defaulted = Kept: the buyer withdrew.
lot-said-asked = Sent; it is public once it is answered.
lot-said-answered = The answer is public.
lot-said-watched = You watch this lot and will be reminded before it begins.
lot-said-unwatched = You no longer watch this lot.
lot-said-pledged = Kept; you may bid once the bank has it and it is confirmed.
lot-said-registered = Registered under paddle { $paddle }; it waits for admission.
lot-said-admitted = Admitted.
lot-said-refused = Refused.
lot-said-statement = { $lines } payments, { $fresh } of them new, { $matched } matched.
lot-said-assigned = Assigned.
lot-said-aside = Set aside.
lot-said-deposits = { $n } deposits are confirmed.
lot-said-refunds = The refund file is made.

# What is wrong with a form
issue-lot-empty = This is required. Please fill it in.
issue-lot-long = At most { $max } characters. Please shorten it.
issue-lot-choice = “{ $found }” is none of the choices. Please choose again.
issue-lot-number = “{ $found }” is no whole number that fits here. Please write one.
issue-lot-money = “{ $found }” is not one amount. Please write it like “50万元” or “500000”.
issue-lot-when = “{ $found }” is no time. Please write it like 2023-06-28T09:30.
issue-lot-fee = “{ $found }” is no percentage from 0 to 10. Please mend it.
issue-lot-tiers = The steps can't be read. Please write a line each: a price, a colon, a step.
issue-lot-criteria = The criteria can't be read. Please write a line each: name and weight.
issue-lot-registers-until = Registration must close after now and not after bidding begins. Please mend it.
issue-lot-notice-short = The notice is too short: it can begin { $earliest } at the earliest. Please put it off.
issue-lot-day = { $found } is no bidding day; the next are { $next }. Please choose one.
issue-lot-day-none = { $found } is no bidding day, and the programme has none after it. Please ask the centre.
issue-lot-items = Please choose 1 to { $max } offers.
issue-lot-item-state = “{ $title }” has not been accepted yet and can't be sold. Please wait for the review.
issue-lot-item-owner = “{ $title }” has another owner and can't be in the same bundle. Please make a lot of its own.
issue-lot-item-selling = “{ $title }” is in another lot. Please end that one first.
issue-lot-cut = On sale again a lot may be at most 20 % cheaper: the start is at least { $least }. Please mend it.
issue-lot-accept = Please accept the notice and its rules; if it changed meanwhile, read it again first.
issue-lot-mandate = Please attach the mandate, or let who runs the organisation register.
issue-lot-registered = You have registered for this lot already.
issue-lot-full = All paddles are taken. Please ask the centre.
issue-lot-conflict-same = This is the seller, who may not bid. Please let an unrelated party register.
issue-lot-conflict-code = The credit code is the seller's: it may not bid. Please ask the centre if this is wrong.
issue-lot-conflict-representative = The legal representative is the seller's: it may not bid. Please ask the centre if this is wrong.
issue-lot-conflict-group = Parents, subsidiaries and sisters of the seller may not bid. Please mend the tick if it is wrong.
issue-lot-code = There is no payment code “{ $found }”. Please compare.
issue-lot-line = It can't be assigned: { $why ->
    [amount] not the deposit's amount
    [twice] paid already
   *[late] too late
 }. Please compare, or send it back.
issue-lot-statement = The statement can't be read: { $why_en } Please send another file.
issue-lot-statement-columns = Date, payer and amount were not found. Please check the heads.
issue-lot-statement-row = “{ $found }” in row { $row } can't be read. Please mend it and send the file again.

# Conflicts
fault-lot-not-now = Not at this point
    .text = The lot is not at a point where this can be done, or somebody did it already. Please look at its page again.
fault-lot-same-officer = Another officer must
    .text = Rules and times are approved by two different officers. Please ask a colleague.
fault-lot-away = The hall is not to be had just now
    .text = Whether it was placed is not known, or the lot is being opened again. Please try again in a moment; nothing is done twice.

# Notices
notice-lot-sent-back = “{ $title }” was sent back: { $reason }
    .body = “{ $title }” was sent back: { $reason }.

        { $link }
notice-lot-admitted = You are admitted to “{ $title }” ({ $number }), paddle { $paddle }
    .body = You are admitted to “{ $title }” ({ $number }), paddle { $paddle }.

        { $link }
notice-lot-refused = You were not admitted to “{ $title }”: { $reason }
    .body = You were not admitted to “{ $title }”: { $reason }.

        { $link }
notice-lot-deposit-confirmed = Your deposit for “{ $title }” is confirmed: you may bid
    .body = Your deposit for “{ $title }” is confirmed: you may bid.

        { $link }
notice-lot-won = You won “{ $title }” with paddle { $paddle }; it is confirmed after its publicity
    .body = You won “{ $title }” with paddle { $paddle }; it is confirmed after its publicity.

        { $link }
notice-lot-lost = “{ $title }” went to another; your deposit goes back within 24 hours
    .body = “{ $title }” went to another; your deposit goes back within 24 hours.

        { $link }
notice-lot-confirmed = The award of “{ $title }” is confirmed; please see the confirmation
    .body = The award of “{ $title }” is confirmed; please see the confirmation.

        { $link }
notice-lot-undone = The award of “{ $title }” was undone; please see its page
    .body = The award of “{ $title }” was undone; please see its page.

        { $link }
notice-lot-ended = “{ $title }” ended without a sale; your deposit goes back within 24 hours
    .body = “{ $title }” ended without a sale; your deposit goes back within 24 hours.

        { $link }
notice-lot-answered = Your question on “{ $title }” is answered
    .body = Your question on “{ $title }” is answered.

        { $link }
notice-lot-tomorrow = “{ $title }” ({ $number }) begins { $at }
    .body = “{ $title }” ({ $number }) begins { $at }.

        { $link }
notice-lot-soon = “{ $title }” ({ $number }) is about to begin: { $at }
    .body = “{ $title }” ({ $number }) is about to begin: { $at }.

        { $link }
notice-lot-watch-sold = “{ $title }”, which you watch, was awarded
    .body = “{ $title }”, which you watch, was awarded.

        { $link }
notice-lot-watch-ended = “{ $title }”, which you watch, ended without a sale
    .body = “{ $title }”, which you watch, ended without a sale.

        { $link }

# Audit
audit-lot-made = Made a lot
audit-lot-changed = Changed a lot
audit-lot-dropped = Gave a lot up
audit-lot-replaced = Began a new notice in a lot's place
audit-lot-relisted = Put a lot on sale again
audit-lot-approved = Approved rules and times
audit-lot-sent-back = Sent a lot back
audit-lot-officer = Gave an officer a number for logs
audit-lot-announced = Announced a lot
audit-lot-withdrawn = Withdrew a lot
audit-lot-bidder-barred = Barred a bidder of the seller's group
audit-lot-bidder-asked = Asked to take part
audit-lot-bidder-admitted = Admitted a bidder
audit-lot-bidder-refused = Refused a bidder
audit-lot-deposit-pledged = Pledged a deposit
audit-lot-statement = Imported a bank statement
audit-lot-line-assigned = Assigned a bank line by hand
audit-lot-line-aside = Set a bank line aside
audit-lot-deposits-confirmed = Confirmed deposits
audit-lot-refunds-ordered = Ordered refunds
audit-lot-followed = Followed a lot's log
audit-lot-bare = Set up a lot directly, for measuring or tests
audit-lot-reminded = Reminded of a lot
audit-lot-asked = Asked a question on a lot
audit-lot-answered = Answered a question on a lot
audit-lot-watched = Began or ended watching a lot
audit-lot-confirmed = Confirmed an award
audit-lot-defaulted = Said that a buyer withdrew

# Open licences
nav-licences = Licences
licence-lead = The owner declares terms for everyone; whoever gives notice and pays has an ordinary licence on them.
licence-search = Title or patent number
licence-keeps = With those that the patent office has not announced yet.
licence-none = There is no open licence just now.
licence-state-declared = declared
licence-state-announced = announced
licence-state-open = open
licence-state-withdrawn = withdrawn
licence-kind-invention = invention
licence-kind-utility = utility model
licence-kind-design = design
licence-until-day = until { $day }
licence-base-fixed = a fixed fee
licence-base-sales = a share of net sales
licence-base-profit = a share of profit
licence-share-sales = { $share } % of net sales
licence-share-profit = { $share } % of profit
licence-entry-fee = { $fee } at once, and { $share }
licence-terms = Declared terms
licence-terms-lead = The same for everyone; nothing is changed for anybody.
licence-owner = Owner
licence-fee = Fee
licence-declared = Declared on
licence-announced = Announced on
licence-announcement-no = Number of the announcement
licence-withdrawn = Withdrawn on
licence-withdrawn-says = Licences given before stand (Patent Law, art. 50).
licence-report = Evaluation report
licence-report-get = See the report
licence-report-hint = Required for utility models and designs (Patent Law, art. 50). PDF, JPG or PNG.
licence-takes = Who takes it
licence-take-notified = notice given
licence-take-paid = paid
licence-take-licensed = licensed
licence-take-filed = on file
licence-step-paid = Keep the payment
licence-step-licensed = Confirm the licence
licence-step-filed = Keep the filing
licence-paid-amount = Amount paid
licence-filing-no = Number of the filing
licence-laws = What the law asks
licence-laws-lead = Each rule holds from its day on.
licence-law = Rule
licence-law-cites = Cited
licence-law-from = From
licence-law-report = Utility models and designs need the evaluation report
licence-law-exclusive = Not while an exclusive or sole licence stands
licence-law-suspended = Not while the procedure is suspended
licence-law-unpaid = Not while annuities are unpaid
licence-law-pledged = Not while it is pledged without the pledgee's consent
licence-take = Take the licence
licence-take-lead = This is the written notice to the owner; on payment as declared you are licensed.
licence-use = What it is for
licence-take-send = Give notice
licence-sign-in = Sign in to give notice to the owner.
licence-keep = Keep the announcement
licence-keep-send = Keep
licence-withdraw = Withdraw
licence-withdraw-says = No new notices from then on; licences given stand.
licence-new = Declare an open licence
licence-new-lead = The terms are the same for everyone; it opens when the patent office announces it.
licence-declare = Declare
licence-f-base = How it is paid
licence-f-fee = Fixed or entry fee
licence-f-share = Share (%)
licence-f-payment = How and when it is paid
licence-f-until = Until
licence-f-more = What else
licence-f-standing = How the patent stands
licence-f-exclusive = an exclusive or sole licence stands
licence-f-suspended = its procedure is suspended
licence-f-unpaid = annuities are unpaid
licence-f-pledged = it is pledged
licence-f-consented = the pledgee consents
licence-f-confirmed = I have read what is only told, and declare all the same
licence-panel = Open licence
licence-said-declared = Declared; it opens when the patent office announces it.
licence-said-announced = The announcement is kept.
licence-said-withdrawn = Withdrawn: no new notices.
licence-said-taken = Notice is given. Please pay as declared.
licence-said-stepped = Kept.
issue-licence-patent = “{ $title }” is no accepted patent and can't be licensed openly. Please hand the patent in first.
issue-licence-running = This patent has an open licence already. Please withdraw it first.
issue-licence-report = The evaluation report is missing ({ $cites }, in force from { $from }). Please attach it.
issue-licence-exclusive = An exclusive or sole licence stands ({ $cites }, in force from { $from }). Please wait until it ends.
issue-licence-suspended = The patent's procedure is suspended ({ $cites }, in force from { $from }). Please wait until it goes on.
issue-licence-unpaid = Annuities are unpaid ({ $cites }, in force from { $from }). Please pay them first.
issue-licence-pledged = The patent is pledged without the pledgee's consent ({ $cites }, in force from { $from }). Please get it first.
issue-licence-fee-high = A fixed fee is as a rule not above { $most }. Please confirm if it is meant so.
issue-licence-share-high = The share is as a rule not above { $most } %. Please confirm if it is meant so.
issue-licence-share = “{ $found }” is no share between 0 and 100 percent. Please mend it.
issue-licence-fee-none = A fixed fee must be above zero. Please fill it in.
issue-licence-until = “{ $found }” is no day after today. Please mend it.
issue-licence-day = “{ $found }” is no day from the declaration on. Please compare the announcement.
issue-licence-own = The owner can't take its own licence. Please choose another party.
issue-lot-item-licence = “{ $title }” is under an open licence: no exclusive or sole licence, and no transfer, while it runs. Please withdraw it first.
notice-licence-notified = Somebody takes the open licence of “{ $title }”
    .body = Somebody takes the open licence of “{ $title }”.

        { $link }
notice-licence-stepped = The open licence of “{ $title }” went a step on
    .body = The open licence of “{ $title }” went a step on.

        { $link }
audit-licence-declared = Declared an open licence
audit-licence-announced = Kept the patent office's announcement
audit-licence-withdrawn = Withdrew an open licence
audit-licence-notified = Gave notice to take an open licence
audit-licence-stepped = Kept a step of an open licence

# Scores
lot-scores = Seal the scores
lot-scores-lead = Score every paddle by every criterion, 0 to 100 with up to two decimals. The scores are sealed before a price is opened; the log holds their commitment, and they are opened with the prices.
lot-scores-closed = Scores can't be sealed now: while offers come in or before they are opened, and once.
lot-scores-seal = Seal
lot-said-scored = The scores are sealed.
issue-lot-score = “{ $found }” is no score from 0 to 100. Please mend it.
audit-lot-scored = Sealed the scores of a lot
lot-comma = { ", " }
lot-fee-label = Service fee
audit-lot-exported = Exported a lot's full package
audit-bench-lot = Made a lot for measuring
issue-lot-why = It was not accepted: { $code ->
    [not-in-mode] { bidding-why-not-in-mode }
    [late] { bidding-why-late }
    [paused] { bidding-why-paused }
    [unregistered] { bidding-why-unregistered }
    [registered] { bidding-why-registered }
    [affiliate] { bidding-why-affiliate }
    [no-deposit] { bidding-why-no-deposit }
    [deposit-state] { bidding-why-deposit-state }
    [deposit-amount] { bidding-why-deposit-amount }
    [below-start] { bidding-why-below-start }
    [too-low] { bidding-why-too-low }
    [off-step] { bidding-why-off-step }
    [too-high] { bidding-why-too-high }
    [confirm] { bidding-why-confirm }
    [own-lead] { bidding-why-own-lead }
    [no-priority] { bidding-why-no-priority }
    [no-match] { bidding-why-no-match }
    [step-moved] { bidding-why-step-moved }
    [taken] { bidding-why-taken }
    [not-in-round] { bidding-why-not-in-round }
    [bad-opening] { bidding-why-bad-opening }
    [not-sealed] { bidding-why-not-sealed }
    [scores-first] { bidding-why-scores-first }
    [not-asked] { bidding-why-not-asked }
    [same-officer] { bidding-why-same-officer }
    [nothing-proposed] { bidding-why-nothing-proposed }
    [bad-rules] { bidding-why-bad-rules }
    [bad-times] { bidding-why-bad-times }
    [no-reason] { bidding-why-no-reason }
    [no-bids] { bidding-why-no-bids }
    [few-bidders] { bidding-why-few-bidders }
    [reserve-unmet] { bidding-why-reserve-unmet }
   *[not-now] { bidding-why-not-now }
 }. Please mend this and try again.
