// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

/**
 * One HTTP answer.
 *
 * @param status the status code
 * @param keepAlive whether the connection may carry another request
 * @param body the body as UTF-8, chunks already joined
 */
public record Response(int status, boolean keepAlive, String body) {}
