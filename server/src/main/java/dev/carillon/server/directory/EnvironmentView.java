// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

/** An environment and the account that it belongs to, as they were at one moment. */
public record EnvironmentView(Environment environment, AccountView account) {}
