/// The contracts of `io.firn.cluster` over the fabric8 client: its configuration, authentication
/// and HTTP client; requests and answers are ours.
@NullMarked
package io.firn.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
