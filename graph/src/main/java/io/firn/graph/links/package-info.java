/// How the graph grows: one class per family of edges, each listed once in [Rules]. Objects come
/// from [ObjectIndex], which reads every list at most once.
@NullMarked
package io.firn.graph.links;

import org.jspecify.annotations.NullMarked;
