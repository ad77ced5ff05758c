// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import dev.carillon.server.delivery.Secret;
import java.util.Optional;

/**
 * Who signs a request to AWS.
 *
 * @param sessionToken of temporary credentials
 */
record AwsCredentials(String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}
