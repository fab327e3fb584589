namespace WixInbox.Validation;

/// <summary>Holds a participant against the rules of get-or-create: exactly one id, and a GUID.</summary>
internal static class ParticipantValidator
{
    public static IReadOnlyList<FieldViolation> Validate(IdentificationData participant)
    {
        if (participant is null)
        {
            throw new ArgumentNullException(nameof(participant));
        }

        var rules = new FieldRules();
        var given = new (string Field, string Rule, string? Id)[]
        {
            ("contactId", RuleNames.ContactIdInvalid, participant.ContactId),
            ("memberId", RuleNames.MemberIdInvalid, participant.MemberId),
            ("anonymousVisitorId", RuleNames.AnonymousVisitorIdInvalid, participant.AnonymousVisitorId),
        }.Where(id => !string.IsNullOrEmpty(id.Id)).ToArray();
        if (given.Length != 1)
        {
            rules.Add(
                "participantId",
                given.Length == 0 ? RuleNames.RecipientMissing : RuleNames.RecipientAmbiguous,
                "A participant is exactly one of contact, member and visitor id.");
        }

        foreach (var (field, rule, id) in given)
        {
            rules.Guid("participantId." + field, id, rule);
        }

        return rules.Violations;
    }
}
