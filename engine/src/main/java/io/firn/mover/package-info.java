/// What runs inside a mover: one volume's blocks to or from the vault. Sees no cluster.
@NullMarked
package io.firn.mover;

import org.jspecify.annotations.NullMarked;
