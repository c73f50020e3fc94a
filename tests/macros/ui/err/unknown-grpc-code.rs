//! The name of a gRPC code in other letters. The enum is compiled with the code that was meant.

errbook::include_spec! { "./grpc.toml" }

fn main() {
    let _ = Kind::Busy.grpc();
}
