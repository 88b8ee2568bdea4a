/// The demo: the whole story on a cluster of its own, checking every claim that it makes.
@NullMarked
package io.firn.dist.demo;

import org.jspecify.annotations.NullMarked;
