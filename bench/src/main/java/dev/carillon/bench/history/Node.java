// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.net.URI;

/** Where the API can be asked: a server, or what stands before several. */
public record Node(String name, URI api) {}
