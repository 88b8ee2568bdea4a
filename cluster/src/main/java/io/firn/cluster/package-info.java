/// The cluster as backup and restore see it. Contracts here; the fabric8 client stays in
/// sub-packages.
@NullMarked
package io.firn.cluster;

import org.jspecify.annotations.NullMarked;
