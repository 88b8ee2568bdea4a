@NullMarked
package io.firn.graph;

import org.jspecify.annotations.NullMarked;
