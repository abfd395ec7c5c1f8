// What a bare process runs: the floor under everything that starts one.
