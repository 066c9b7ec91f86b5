package io.settlegate.loadtest.driver.load;

/** A settlement that is to be cancelled, and the place in its phase at which the cancel is to be sent. */
record CancelOrder(int phase, int index, String setlId, String psnNo, String insuplcAdmdvs) {
    @Override
    public String toString() {
        return "CancelOrder " + phase + "/" + index;
    }
}
