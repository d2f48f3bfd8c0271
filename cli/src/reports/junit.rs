//! `JUnit` XML: a test suite for each file, a test case for each payload.

use std::io::Write;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Judged, Reporter, Summary};
use crate::output::printable;

pub(super) struct Junit<'w> {
    out: Box<dyn Write + 'w>,
    report: Report,
}

impl<'w> Junit<'w> {
    pub(super) fn new(out: Box<dyn Write + 'w>) -> Self {
        Self { out, report: Report::new("hyperinstance validate") }
    }

    fn case(&mut self, path: &str, name: &str, status: TestCaseStatus) {
        let path = printable(path);
        let mut case = TestCase::new(name, status);
        case.set_classname(&*path);
        if self.report.test_suites.last().is_none_or(|suite| suite.name.as_str() != path) {
            self.report.add_test_suite(TestSuite::new(&*path));
        }
        self.report.test_suites.last_mut().expect("one was added").add_test_case(case);
    }
}

impl Reporter for Junit<'_> {
    fn judged(&mut self, judged: &Judged<'_>) -> anyhow::Result<()> {
        let name = judged.line.map_or_else(|| printable(judged.path), |line| format!("line {line}"));
        let findings = &judged.report.findings;
        let status = match findings.first() {
            None => TestCaseStatus::success(),
            Some(first) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                let lines = findings.iter().map(|finding| {
                    format!("{}:{} {}: {}", judged.line_of(finding), finding.column, finding.pointer, finding.message)
                });
                status.set_type(first.keyword).set_message(first.message.as_str());
                status.set_description(lines.map(|line| printable(&line)).collect::<Vec<_>>().join("\n"));
                status
            }
        };
        self.case(judged.path, &name, status);
        Ok(())
    }

    fn unread(&mut self, path: &str, message: &str) -> anyhow::Result<()> {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(printable(message));
        self.case(path, "read", status);
        Ok(())
    }

    fn finish(&mut self, _: Summary) -> anyhow::Result<()> {
        writeln!(self.out, "{}", self.report.to_string()?.trim_end())?;
        Ok(self.out.flush()?)
    }
}
