package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.Durability;

/** What a sign-in grants: how many requests in flight, which msgid numbers, and what is forced before a reply. */
public record SignInGrant(int windowCount, int laneFirst, int laneCount, Durability durability) {}
