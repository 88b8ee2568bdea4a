@NullMarked
package io.firn.cluster.rights;

import org.jspecify.annotations.NullMarked;
