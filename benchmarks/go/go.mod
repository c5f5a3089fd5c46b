module poolwatch/benchmarks/pool

go 1.19
