@NullMarked
package io.firn.graph.links;

import org.jspecify.annotations.NullMarked;
