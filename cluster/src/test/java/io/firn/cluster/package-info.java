@NullMarked
package io.firn.cluster;

import org.jspecify.annotations.NullMarked;
