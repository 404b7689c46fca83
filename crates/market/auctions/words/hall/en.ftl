# The hall
