@NullMarked
package io.firn.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
