//! Tells where what was received deviates from the document.

use hyperinstance_client::Drift;

use crate::exit;

/// More would bury what they are about; the count tells how many there are.
const TOLD: usize = 20;

#[derive(Default)]
pub(crate) struct DriftReport {
    count: usize,
}

impl DriftReport {
    pub(crate) fn tell(&mut self, drift: &[Drift]) {
        for deviation in drift {
            self.count += 1;
            if self.count <= TOLD {
                exit::warn(&format!("the response deviates from the document at {deviation}"));
            }
        }
    }

    pub(crate) fn finish(&self) {
        if self.count > TOLD {
            exit::warn(&format!("and at {} more places", self.count - TOLD));
        }
    }
}
