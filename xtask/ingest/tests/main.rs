//! Tests of reading documents: what each fixture says, and what holds for any text.

mod blocks;
mod cases;
mod fixtures_read;
mod forms;
mod fuzz_corpus;
mod grids;
mod hostile;
mod judged;
mod kinds;
mod lexicons;
mod merging;
mod monotone;
mod properties;
mod source_code;
mod synonyms;
mod training;
mod unread;
mod workbooks;
