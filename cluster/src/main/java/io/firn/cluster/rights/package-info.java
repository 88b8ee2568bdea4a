/// The rights that Firn uses in a cluster: one list, the roles made of it, and what a user lacks.
@NullMarked
package io.firn.cluster.rights;

import org.jspecify.annotations.NullMarked;
