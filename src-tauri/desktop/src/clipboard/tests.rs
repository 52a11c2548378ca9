//! Which text Keyfob clears, tested with a clipboard that can be made to fail.

use std::cell::{Cell, RefCell};

use super::*;

#[derive(Default)]
struct PretendBoard {
    text: RefCell<String>,
    refuses: Cell<bool>,
}

impl PretendBoard {
    fn asked<T>(&self, answer: T) -> Result<T, Refused> {
        if self.refuses.get() { Err(Refused) } else { Ok(answer) }
    }
}

impl Board for PretendBoard {
    fn write(&self, text: &str, _: Sensitivity) -> Result<(), Refused> {
        self.asked(())?;
        text.clone_into(&mut self.text.borrow_mut());
        Ok(())
    }

    fn read(&self) -> Result<SecretString, Refused> {
        self.asked(self.text.borrow().clone().into())
    }

    fn empty(&self) -> Result<(), Refused> {
        self.write("", Sensitivity::Plain)
    }
}

fn holding_a_token() -> Owned<PretendBoard> {
    let mut owned = Owned { board: PretendBoard::default(), secret: None };
    owned.copy(&"1000.the-first-token".into(), Sensitivity::Secret).unwrap();
    owned
}

fn text(owned: &Owned<PretendBoard>) -> String {
    owned.board.text.borrow().clone()
}

// Shows T9.
#[test]
fn a_failed_copy_still_clears_the_secret_before_it() {
    let mut owned = holding_a_token();
    owned.board.refuses.set(true);
    for how in [Sensitivity::Secret, Sensitivity::Plain] {
        assert_eq!(owned.copy(&"another text".into(), how), Err(Problem::ClipboardClosed));
    }
    owned.board.refuses.set(false);
    assert_eq!(text(&owned), "1000.the-first-token");
    owned.clear();
    assert_eq!(text(&owned), "");
}

// Shows T9.
#[test]
fn a_failed_clear_is_retried_by_the_next_one() {
    let mut owned = holding_a_token();
    owned.board.refuses.set(true);
    owned.clear();
    owned.board.refuses.set(false);
    assert_eq!(text(&owned), "1000.the-first-token");
    owned.clear();
    assert_eq!(text(&owned), "");
}

#[test]
fn another_programs_text_is_not_cleared() {
    let mut owned = holding_a_token();
    owned.board.write("a shopping list", Sensitivity::Plain).unwrap();
    owned.clear();
    assert_eq!(text(&owned), "a shopping list");
}

#[test]
fn plain_text_that_replaced_a_secret_stays() {
    let mut owned = holding_a_token();
    owned.copy(&"1000.CLIENTID".into(), Sensitivity::Plain).unwrap();
    owned.clear();
    assert_eq!(text(&owned), "1000.CLIENTID");
}
