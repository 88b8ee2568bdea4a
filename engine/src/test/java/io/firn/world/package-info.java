/// The cluster that the engine's tests share.
@NullMarked
package io.firn.world;

import org.jspecify.annotations.NullMarked;
