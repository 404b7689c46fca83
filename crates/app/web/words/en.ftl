nav-home = Home
nav-help = Help
home-title = Needs go on the board, teams answer; patents go on show, and are bid for in the open
