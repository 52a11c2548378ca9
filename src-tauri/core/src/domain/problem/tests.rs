use super::*;

#[test]
fn a_problem_serialises_with_its_code_and_fields() {
    let problem = Problem::ServerTrouble { host: "accounts.zoho.eu".to_owned(), status: 503 };
    let told = serde_json::to_value(&problem).unwrap();
    assert_eq!(told, serde_json::json!({ "code": "serverTrouble", "host": "accounts.zoho.eu", "status": 503 }));
    assert_eq!(serde_json::from_value::<Problem>(told).unwrap(), problem);
}
