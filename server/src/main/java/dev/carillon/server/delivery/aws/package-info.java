// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** AWS End User Messaging SMS, with receipts by SNS. */
@NullMarked
package dev.carillon.server.delivery.aws;

import org.jspecify.annotations.NullMarked;
