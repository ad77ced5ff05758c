// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What clients were answered, and the proof that the server kept to it. The harness of faults uses it, and so can any other that
 * breaks something under a running server:
 *
 * <pre>{@code
 * Supplier<List<Node>> nodes = () -> List.of(new Node("proxy", URI.create("http://127.0.0.1:8080")));
 * try (History history = History.write(file)) {
 *     try (Users users = Users.start(history, account, nodes, new Users.Plan(16, 4, Duration.ofSeconds(10), seed))) {
 *         history.note("the primary is killed");
 *         …                                                    // break, and let it recover
 *     }
 *     new Examination(history, account, nodes, Duration.ofMinutes(1)).run(true);
 *     List<Violation> violations = Checker.check(history.exchanges());
 * }
 * }</pre>
 *
 * The account needs {@code account set … --show-codes true --limit account=off --limit block=off}: users read their codes from the
 * status. {@link dev.carillon.bench.history.Checker} reads nothing but the exchanges, so that a history can be checked again from its file.
 */
@NullMarked
package dev.carillon.bench.history;

import org.jspecify.annotations.NullMarked;
