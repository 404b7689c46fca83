### The year's programme: rules in words, names of figures, mistakes in programme files

## Sections of the programme

rule-section-overview = Overview
rule-section-windows = Phases
rule-section-deadlines = Deadlines
rule-section-bidding = Bidding days
rule-section-fairs = Fairs
rule-section-kpis = What fairs must reach
rule-section-caps = Caps and quotas
rule-section-eligibility = What may be offered
rule-section-documents = Papers
rule-section-duties = Other duties
rule-section-cooperation = Regions and cooperating markets

rule-force-hard = binding
rule-force-soft = advisory

## Overview

rule-overview = Programme of { $year }: { $name }, for { $region }, run by { $organiser } on { $platform }.
rule-guides = Under the guidance of { $guides }.
rule-season = { $name } ({ $kind }).
rule-season-auction = supply: patents and achievements are shown and sold
rule-season-challenge = demand: needs are posted and answered
rule-sectors = Industrial fields: { $sectors }.
rule-renewal = A published need or offer stays open for { $days } days; its owner is reminded { $remind } days before the end.

## Phases

rule-scope-all = all activities
rule-window = { $name } ({ $scope }): { $from } to { $to }.
rule-window-open = { $name } ({ $scope }): from { $from }, without an end.
rule-deadline = { $name }: by { $day }, that day included.
rule-deadline-before = { $name }: before { $day }, that day not included.
rule-channel = { $name } as { $kind }: { $to }.
rule-channel-paper = stamped papers
rule-channel-electronic = files

## Bidding days

rule-bidding-days = Bidding takes place every { $weekdays } from { $first } to { $to }: { $count } planned days, of which { $held } are held.
rule-bidding-holidays = { $count ->
    [one] One planned day falls on a public holiday
   *[other] { $count } planned days fall on public holidays
  } ({ $days }): { $policy ->
    [move] bidding moves to the next free working day
    [hold] bidding is held all the same
   *[skip] bidding is dropped
  }.
rule-holidays-cn = Public holidays and make-up working days follow the State Council's notice for the year.
rule-holidays-extra = Further days off: { $days }.
rule-holidays-worked = Further working days: { $days }.
rule-holiday-policy-skip = dropped
rule-holiday-policy-hold = held all the same
rule-holiday-policy-move = moved
rule-holiday-source-cn = the State Council's notice
rule-holiday-source-none = only what the programme lists
rule-weekday-monday = Monday
rule-weekday-tuesday = Tuesday
rule-weekday-wednesday = Wednesday
rule-weekday-thursday = Thursday
rule-weekday-friday = Friday
rule-weekday-saturday = Saturday
rule-weekday-sunday = Sunday

## Fairs

rule-fairs-all = Fairs of every kind
rule-fair-count-exact = { $fair }: { $min } in the year.
rule-fair-count-range = { $fair }: { $min } to { $max } in the year.
rule-fair-count-min = { $fair }: at least { $min } in the year.
rule-fair-count-max = { $fair }: at most { $max } in the year.
rule-fair-count-free = { $fair }: the programme sets no number.
rule-fair-hosts = { $fair }: hosted by at least { $count ->
    [one] one local science office
   *[other] { $count } local science offices
  }{ $talent ->
    [yes] {" "}together with a talent office
   *[no] {""}
  }.
rule-fair-pilot = { $fair }: tried out in { $regions }.
rule-fair-focus = { $fair }: addresses above all { $tags }.

## What fairs must reach

rule-kpi = { $fair }{ $torch ->
    [yes] {" "}hosting the Torch Express
   *[no] {""}
  }: { $metric }{ $per ->
    [host] {" "}by each host
   *[fair] {""}
  }, { $op } { $value }{ $unit }.
rule-kpi-season = { $fair } ({ $season }{ $torch ->
    [yes] , hosting the Torch Express
   *[no] {""}
  }): { $metric }{ $per ->
    [host] {" "}by each host
   *[fair] {""}
  }, { $op } { $value }{ $unit }.
rule-per-host = each host
rule-op-min = at least
rule-op-max = at most
rule-op-eq = exactly
# The figures' English names say what is counted, so that most units add nothing.
rule-unit-firm = {""}
rule-unit-item = {""}
rule-unit-need = {""}
rule-unit-person = {""}
rule-unit-copy = {""}
rule-unit-percent = {" "}%

metric-firms-served = companies served in person
metric-roadshow-projects = projects shown at the roadshow
metric-attendees = people attending
metric-media-outlets = local media that report
metric-summary-reports = summary reports
metric-typical-cases = typical cases
metric-yearly-show-projects = projects recommended for the yearly show
metric-offers-published = patents and achievements published for industrial use
metric-offers-from-plans = patents and achievements from national or provincial plan projects
metric-roadshow-major-achievements = major achievements of key universities and institutes at the roadshow
metric-valid-needs = valid technical needs published
metric-cross-region-firms = companies served outside the hosts' own divisions
metric-answers-received = answers received
metric-intentions = intentions to cooperate
metric-deals = technology deals closed
metric-town-corps-coverage = share of the hosts' counties whose town corps took part
metric-brokerages = technology brokerages involved
metric-cross-region-share = share of patents, achievements and needs served across regions
metric-units-invited = organisations invited
metric-host-showings = patents, achievements, needs or joint projects shown on site
metric-cases-field = typical cases that set an example for the field
metric-cases-people = typical cases brought about by the town corps and technology brokers
metric-cases-cross-region = typical cases of service across regions

## Caps and quotas

rule-cap = Each { $who }: { $what }, { $op } { $count }.
rule-cap-when = Each { $who } ({ $when }): { $what }, { $op } { $count }.
rule-who-city = prefecture-level city
rule-who-county = county-level division
rule-who-organisation = organisation
rule-who-company = company
rule-who-fair = fair
rule-who-team = research team
rule-what-lead-fairs = fairs led
rule-what-hosted-fairs = fairs hosted in any role
rule-what-offers = patents and achievements recommended
rule-what-plan-offers = patents and achievements from national or provincial plan projects
rule-what-roadshow-picks = picks for the roadshow
rule-what-attendees = people attending
rule-what-needs = needs posted
rule-what-answers = needs answered
rule-when-public-undergraduate = undergraduate universities under a ministry or the province
rule-when-outside = from outside the programme's region

## What may be offered

rule-suppliers = Patents and achievements are collected from: { $owners }.
rule-granted-since = Patents should have been granted on or after { $day }.
rule-granted-after = Patents should have been granted after { $day }, that day not included.
rule-in-force = Patents must be in force.
rule-achievement-owners = Achievements are collected above all from: { $owners }.
rule-outside-price = Offers from outside { $region } should be worth at least { $amount }.
rule-owner-university = universities
rule-owner-institute = research institutes
rule-owner-new-rd = new-type research and development institutions
rule-owner-state-firm = state-owned enterprises
rule-owner-firm = enterprises

## Papers and other duties

rule-document = { $name }: { $subject }.
rule-document-first = { $name }: { $subject }, only when taking part for the first time.
rule-subject-patent = one entry a patent
rule-subject-achievement = one entry an achievement
rule-subject-need = one entry a need
rule-subject-liaison = one entry a liaison
rule-subject-organisation = signed by each organisation that takes part
rule-subject-answer = handed in by the answering team
rule-subject-contest = signed by the need's owner, the supplier and each expert at a live event
rule-subject-application = handed in with an application to host a fair
rule-duty-offline-reports = Intentions and deals reached offline are reported on the platform.
rule-duty-withhold = What a need's owner wants hidden is hidden before the need is published.
rule-duty-contest-consent = A public contest needs the consent of the need's owner and of the supplier.
rule-duty-one-liaison = Each university or institute names one liaison.
rule-duty-host-liaison = Each host of a fair names a liaison.
rule-duty-push-all = Boards of needs are pushed to every university that could answer them.
rule-duty-keep-unsolved = A need that found no solution is served on and not closed.
rule-applications = Hosts are chosen by: { $criteria }.

## Regions and cooperating markets

rule-region-tag = { $name }: { $regions }.
rule-market = Cooperating market: { $name } ({ $region }).

## Notices at intake

issue-patent-granted-early = Granted on { $granted }, which is earlier than the programme's { $since }.
issue-patent-grant-unclear = The date of grant says only { $granted }, which leaves open whether it lies after the programme's { $since }; please complete it.
issue-patent-not-in-force = The programme asks for patents in force, and this one isn't.
issue-achievement-owner-unusual = The programme doesn't ask for achievements of such an owner ({ $owner ->
    [university] university
    [institute] research institute
    [new-rd] new-type research and development institution
    [state-firm] state-owned enterprise
   *[firm] enterprise
  }).
issue-supplier-unusual = The programme doesn't collect patents and achievements from such an organisation ({ $owner ->
    [university] university
    [institute] research institute
    [new-rd] new-type research and development institution
    [state-firm] state-owned enterprise
   *[firm] enterprise
  }).
issue-outside-price-low = The asking price of this offer from outside is { $price_full }, below the programme's { $min_full }.
issue-sector-not-asked = The programme doesn't list this field ({ $sector }); the entry won't be shown under any.

## Mistakes in programme files

mistake-too-large = The file has { $bytes } bytes; { $max } are allowed.
mistake-syntax = The text can't be read on from here: { $detail }.
mistake-syntax-pair = Write “key = value”: the sign, the key or the value is missing, or there is one too many.
mistake-syntax-quote = Text stands in double quotes, and quotes come in pairs.
mistake-syntax-unclosed = A bracket isn't closed, or a comma is missing between items.
mistake-duplicate-key = The key “{ $key }” stands twice in one place.
mistake-duplicate-entry = “{ $value }” stands twice.
mistake-duplicate-rule = “{ $code }” and “{ $first }” are about the same figure ({ $metric }, { $op }); a rule stands once.
mistake-unknown-key = { $table ->
    [top] The file
   *[other] { $table }
  } knows no key “{ $key }”{ $nearest ->
    [none] {""}
   *[other] ; is “{ $nearest }” meant
  }.
mistake-missing-key = { $table ->
    [top] The file
   *[other] { $table }
  } lacks “{ $key }”.
mistake-wrong-type = { $key } should be { $expected ->
    [string] text
    [integer] a whole number
    [boolean] true or false
    [day] a day (such as 2023-06-20, without quotes)
    [array] a list
   *[table] a table
  }, and is { $found ->
    [string] text
    [integer] a whole number
    [float] a decimal
    [boolean] true or false
    [datetime] a day or a time
    [array] a list
   *[table] a table
  }.
mistake-empty-text = { $key } can't be empty.
mistake-text-too-long = { $key } can't have more than { $max } characters.
mistake-empty-list = { $key } needs an item at least.
mistake-empty-table = { $key } says nothing.
mistake-list-too-long = { $key } can't have more than { $max } items.
mistake-bad-key = { $key } can't be “{ $value }”: small letters, digits and single hyphens, a letter first, { $max } characters at most.
mistake-out-of-range = { $key } is { $value }, and must lie from { $min } to { $max }.
mistake-unknown-word = { $key } knows no “{ $value }”{ $nearest ->
    [none] {""}
   *[other] ; is “{ $nearest }” meant
  }. It can be: { $known }.
mistake-unknown-sector = There is no industrial field “{ $value }”.
mistake-unknown-region = The table of divisions has no “{ $value }”.
mistake-region-outside = Division { $value } doesn't lie within the programme's region.
mistake-unknown-metric = There is no figure “{ $value }”{ $nearest ->
    [none] {""}
   *[other] ; is “{ $nearest }” meant
  }.
mistake-unit-mismatch = { $metric } is counted in { $expected }, not in { $found }.
mistake-unknown-reference = { $key } names “{ $value }”, which this file doesn't have.
mistake-window-backwards = { $key }: the end { $to } is before the beginning { $from }.
mistake-window-open-ended = { $key }: “{ $value }” has no end, so that its bidding days can't be told.
mistake-day-outside-year = { $key }: { $day } doesn't lie in { $year }.
mistake-count-backwards = { $key }: at most { $max } is less than at least { $min }.
mistake-holidays-unknown-year = The built-in calendar has { $from } to { $to } and not { $year }: write source = "none" and list the days off.
