/// What a virtual machine is made of: nodes, typed relations, findings. Pure: fetches nothing but
/// through [ObjectLookup].
@NullMarked
package io.firn.graph;

import org.jspecify.annotations.NullMarked;
