/// Pictures of a graph, each made by one small class from an [io.firn.graph.ObjectGraph] alone, so
/// that the same graph always gives the same bytes.
@NullMarked
package io.firn.graph.render;

import org.jspecify.annotations.NullMarked;
