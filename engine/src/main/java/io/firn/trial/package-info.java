/// What the API server says of a run's temporary objects before there are any: movers' pods,
/// claims, Secrets, snapshots, and the room that quotas leave for them.
@NullMarked
package io.firn.trial;

import org.jspecify.annotations.NullMarked;
