"""Work as jobs that outlive requests and processes: taken in, run, followed, cancelled."""
