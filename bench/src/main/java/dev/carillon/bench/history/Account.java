// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

/** An account as its owner knows it. */
public record Account(String customerUuid, String apiKey) {}
