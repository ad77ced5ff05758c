# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes three Markdown tables of the lines "round what pairs/s p50 p99 max rss first-create p99.9", the last six for Carillon only. Of the
# variable many it takes how many connections the p99.9 was measured with.

{
    rounds = $1 > rounds ? $1 : rounds
    for (field = 3; field <= NF; field++) value[$2, field, $1] = $field
}

function best(round,    a, b) {
    a = value["function", 3, round]
    b = value["statements", 3, round]
    return a > b ? a : b
}

# The values of one column, sorted into list[1..rounds].
function sorted(what, field,    i, j, held) {
    for (i = 1; i <= rounds; i++) {
        held = value[what, field, i] + 0
        for (j = i - 1; j > 0 && list[j] > held; j--) list[j + 1] = list[j]
        list[j + 1] = held
    }
}

function median(what, field,    middle) {
    sorted(what, field)
    middle = int((rounds + 1) / 2)
    return rounds % 2 ? list[middle] : (list[middle] + list[middle + 1]) / 2
}

function worst(what, field) {
    sorted(what, field)
    return list[rounds]
}

function resources(name, what) {
    printf "| %s | %.1f / %.1f | %.1f / %.1f | %.1f / %.1f | %.1f / %.1f | %d / %d | %d / %d |\n", name, \
        median(what, 4), worst(what, 4), median(what, 5), worst(what, 5), median(what, 6), worst(what, 6), \
        median(what, 9), worst(what, 9), median(what, 7), worst(what, 7), median(what, 8), worst(what, 8)
}

# A row of the table of targets, from medians; most says that less is better.
function target(name, wanted, got, most, digits) {
    printf "| %s | %s | %.*f | %s |\n", name, wanted, digits, got, (most ? got < wanted : got >= wanted) ? "yes" : "**no**"
}

END {
    print "Pairs per second; each ratio is to the faster variant of pgbench in the same round.\n"
    print "| round | pgbench, function | pgbench, statements | Carillon on PostgreSQL | ratio | Carillon on SQLite | ratio |"
    print "|---|---|---|---|---|---|---|"
    for (i = 1; i <= rounds; i++) {
        value["pg-ratio", 3, i] = value["postgresql", 3, i] / best(i)
        value["sqlite-ratio", 3, i] = value["sqlite", 3, i] / best(i)
        printf "| %d | %.0f | %.0f | %.0f | %.2f | %.0f | %.2f |\n", i, value["function", 3, i], value["statements", 3, i], \
            value["postgresql", 3, i], value["pg-ratio", 3, i], value["sqlite", 3, i], value["sqlite-ratio", 3, i]
    }
    printf "| **median** | %.0f | %.0f | %.0f | **%.2f** | %.0f | **%.2f** |\n", median("function", 3), median("statements", 3), \
        median("postgresql", 3), median("pg-ratio", 3), median("sqlite", 3), median("sqlite-ratio", 3)
    print "\nMedian and worst round; latencies of creates and checks together.\n"
    print "| | p50 ms | p99 ms | slowest ms | p99.9 at " many " connections ms | peak resident MB | start to first create ms |"
    print "|---|---|---|---|---|---|---|"
    resources("Carillon on PostgreSQL", "postgresql")
    resources("Carillon on SQLite", "sqlite")
    print "\nMedians against the targets.\n"
    print "| | target | median | reached |"
    print "|---|---|---|---|"
    target("PostgreSQL: times pgbench, at least", 2.5, median("pg-ratio", 3), 0, 2)
    target("SQLite: times pgbench, at least", 2.5, median("sqlite-ratio", 3), 0, 2)
    for (n = 1; n <= 2; n++) {
        what = n == 1 ? "postgresql" : "sqlite"
        name = n == 1 ? "PostgreSQL" : "SQLite"
        target(name ": p99 ms, under", 50, median(what, 5), 1, 1)
        if (many > 0) target(name ": p99.9 ms at " many " connections, under", 150, median(what, 9), 1, 1)
        target(name ": peak resident MB, under", 256, median(what, 7), 1, 0)
        target(name ": start to first create ms, under", 1000, median(what, 8), 1, 0)
    }
}
