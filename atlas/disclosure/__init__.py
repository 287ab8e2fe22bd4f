"""Statistical secrecy: what may not be shown, nor computed from what is shown, is taken out.

Primary suppression by the rules of config/secrecy.yaml (`rules`), then whatever else has to be
hidden so that the relations between figures (`relations`) do not give it back
(`secondary_suppression`, `audit_problem`). `suppression.suppress` is what the rest calls.
"""
