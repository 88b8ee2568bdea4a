@NullMarked
package io.firn.graph.render;

import org.jspecify.annotations.NullMarked;
