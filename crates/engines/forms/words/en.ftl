# Issues of forms. Each says what was found, what was expected, and how to mend it.

issue-field-missing = { $example ->
    [none] “{ $field_en }” is required and still empty. Please fill it in.
   *[other] “{ $field_en }” is required and still empty. Please fill it in, for example: { $example }
}
issue-field-missing-when = { $example ->
    [none] “{ $because_en }” is “{ $answer_en }”, so “{ $field_en }” is required; it is still empty. Please fill it in.
   *[other] “{ $because_en }” is “{ $answer_en }”, so “{ $field_en }” is required; it is still empty. Please fill it in, for example: { $example }
}
issue-text-too-short = It has { $found } characters; at least { $min } are needed. Please add specifics.
issue-text-too-long = It has { $found } characters; at most { $max } fit. Please shorten it; details can go into an attachment.
issue-text-see-attachment = It only says “{ $found }”. Please write the main points here (at least { $min } characters); an attachment can add to them, but search and matching don't read it.
issue-indicator-see-attachment = It says “{ $found }”. Please write the indicators here, one by one, as: name ≥value unit（现状 value）, divided by “；”; an attachment can only add to them.
issue-indicator-unreadable = No figure could be read from “{ $found }”. Expected: a name, a comparison (≥ ≤ > < = ± or a range), a number and a unit, for example: 齿向变形 ≤0.03 mm（现状 0.05 mm）；批量良品率 ≥98 %. Please move demands without a figure to the description of the problem.
issue-indicator-comparison-assumed = It has no comparison and was read as “{ $read }”. If “at least” or “at most” is meant, please write ≥ or ≤.
issue-indicator-too-many = There are { $found } indicators; at most { $max } fit. Please keep those that decide, and put the others into an attachment.
issue-code-unknown = “{ $found }” is none of the choices: { $choices_en }. Please pick from these.
issue-code-several = “{ $found }” picks several choices ({ $choices_en }); only one is possible here. Please keep one.
issue-code-none-ticked = No box is ticked in “{ $found }”. Please put ☑ before the choice, or write its name alone.
issue-code-part-unread = Read as “{ $read }”; “{ $found }” behind it isn't kept in this field. If it matters, please put it into the description.
issue-int-unreadable = “{ $found }” is no whole number. Please write one between { $min } and { $max }, for example 30.
issue-int-range = It is { $found }, which isn't between { $min } and { $max }. Please check the number and its unit.
issue-date-day-missing = “{ $found }” has no day. Please give the day as well, for example 2020-01-15.
issue-date-month-missing = “{ $found }” is only a year. Please give at least the month, for example 2020-01.
issue-names-unreadable = No name could be read from “{ $found }”. Please write full names, divided by “；”, for example: 甲大学；乙公司.
issue-names-incomplete = “{ $found }” leaves people out (等, et al.); only those named were read. Please list all names, divided by “；”.
issue-names-too-many = There are { $found } names; at most { $max } fit. Please give only the main ones.
issue-name-too-long = The name “{ $found }” is longer than { $max } characters. If it is several names, please divide them by “；”.
