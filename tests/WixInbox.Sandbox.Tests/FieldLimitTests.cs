namespace WixInbox.Sandbox.Tests;

public sealed class FieldLimitTests
{
    public static TheoryData<int> UpperCases => [.. Enumerable.Range(0, LimitCase.Upper.Count)];

    public static TheoryData<int> LowerCases => [.. Enumerable.Range(0, LimitCase.Lower.Count)];

    [Theory]
    [MemberData(nameof(UpperCases))]
    public async Task The_limit_passes_and_one_more_is_refused(int index)
    {
        var limit = LimitCase.Upper[index];
        using var api = Api.InMemory();

        var at = await api.SendAsync(limit.Request(limit.Limit));
        var over = await api.SendAsync(limit.Request(limit.Limit + 1));

        Assert.True(at.Status == 200, $"{limit.Path}: {at.Text}");
        Assert.Equal([$"{limit.Path} {limit.Rule}"], over.Violations);
        Assert.Equal(limit.Limit, over.FieldViolations[0].GetProperty("data").GetProperty("threshold").GetInt32());
        Assert.Contains(
            $"{limit.Limit + 1}",
            over.FieldViolations[0].GetProperty("description").GetString(),
            StringComparison.Ordinal);
        Assert.Single(api.Handler.Ledger);
    }

    [Theory]
    [MemberData(nameof(LowerCases))]
    public async Task The_minimum_passes_and_one_less_is_refused(int index)
    {
        var limit = LimitCase.Lower[index];
        using var api = Api.InMemory();

        var at = await api.SendAsync(limit.Request(limit.Limit));
        var under = await api.SendAsync(limit.Request(limit.Limit - 1));

        Assert.True(at.Status == 200, $"{limit.Path}: {at.Text}");
        Assert.Equal(400, under.Status);
        Assert.Equal([$"{limit.Path} {limit.Rule}"], under.Violations);
    }

    [Fact]
    public async Task A_character_is_a_code_point_and_not_half_of_one()
    {
        using var api = Api.InMemory();

        var at = await api.SendAsync(
            Api.WithContent($$$"""{"previewText":"{{{Waves(256)}}}","minimal":{"text":"x"}}"""));
        var over = await api.SendAsync(
            Api.WithContent($$$"""{"previewText":"{{{Waves(257)}}}","minimal":{"text":"x"}}"""));

        Assert.Equal(200, at.Status);
        Assert.Equal(["message.content.previewText MAX_LENGTH"], over.Violations);

        static string Waves(int count) => string.Concat(Enumerable.Repeat("👋", count));
    }

    [Fact]
    public async Task Basic_items_have_no_upper_limit()
    {
        using var api = Api.InMemory();
        string items = string.Join(",", Enumerable.Repeat("""{"text":"x"}""", 500));

        var reply = await api.SendAsync(Api.WithContent($$$"""{"basic":{"items":[{{{items}}}]}}"""));

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task All_violations_are_reported_with_their_paths()
    {
        using var api = Api.InMemory();
        string longText = new('x', 16385);

        var reply = await api.SendAsync($$$$$"""
            {"conversation_id":"nonsense","send_as":"ME","message":{
             "visibility":"EVERYONE",
             "badges":[{"icon_url":"mail.png"},{"badge_visibility":"NOBODY"}],
             "content":{"basic":{"items":[{"text":"{{{{{longText}}}}}"},{"text":"fine"},{},{"text":"a","image":{}}]}}}}
            """);

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            [
                "conversationId FORMAT",
                "message.badges MAX_SIZE",
                "message.badges[0].iconUrl FORMAT",
                "message.badges[1].badgeVisibility INVALID_ENUM_VALUE",
                "message.content.basic.items[0].text MAX_LENGTH",
                "message.content.basic.items[2] REQUIRED_FIELD",
                "message.content.basic.items[3] ONE_OF_ALIGNMENT",
                "message.visibility INVALID_ENUM_VALUE",
                "sendAs INVALID_ENUM_VALUE",
            ],
            reply.Violations.Order(StringComparer.Ordinal));
        Assert.All(reply.FieldViolations, violation =>
        {
            Assert.False(string.IsNullOrEmpty(violation.GetProperty("description").GetString()));
            Assert.True(violation.TryGetProperty("data", out _));
        });
    }

    [Theory]
    [InlineData("{}", "conversationId REQUIRED_FIELD", "message REQUIRED_FIELD")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{}}""", "message.content REQUIRED_FIELD")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{}}}""",
        "message.content REQUIRED_FIELD")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"minimal":{"text":"x"},"basic":{"items":[{"text":"x"}]}}}}""",
        "message.content ONE_OF_ALIGNMENT")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"system":{"text":"x"}}}}""",
        "message.content.system FIELD_NOT_ALLOWED")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"basic":{}}}}""",
        "message.content.basic.items MIN_SIZE")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"minimal":{}}}}""",
        "message.content.minimal.text REQUIRED_FIELD")]
    [InlineData(
        """{"conversationId":"6202c3bbf2633c168c90d6387d9ed420","message":{"content":{"minimal":{"text":"x"}}}}""",
        "conversationId FORMAT")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"minimal":{"text":"x","url":"javascript:alert(1)"}}}}""",
        "message.content.minimal.url FORMAT")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"direction":1,"content":{"minimal":{"text":"x"}}}}""",
        "message.direction INVALID_ENUM_VALUE")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"sourceChannel":"PIGEON","targetChannels":["chat"],"content":{"minimal":{"text":"x"}}}}""",
        "message.sourceChannel INVALID_ENUM_VALUE",
        "message.targetChannels[0] INVALID_ENUM_VALUE")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"template":{"orientation":"UPSIDE_DOWN"}}}}""",
        "message.content.template.orientation INVALID_ENUM_VALUE")]
    public async Task What_is_missing_or_malformed_is_named(string json, params string[] violations)
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(json);

        Assert.Equal(400, reply.Status);
        Assert.Equal(violations, reply.Violations.Order(StringComparer.Ordinal));
        Assert.Empty(api.Handler.Ledger);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"conversationId":"\ud83d"}""")]
    [InlineData("""{"conversationId":7,"message":"hello"}""")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"basic":{"items":{}}}}}""")]
    [InlineData("""{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"basic":{"items":[null]}}}}""")]
    [InlineData("""{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","silent":"yes","message":{"content":{"minimal":{"text":"x","url":"javascript:alert(1)"}}}}""")]
    [InlineData("""{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"basic":{"items":[{"image":{"width":"wide"}}]}}}}""")]
    public async Task A_body_that_cannot_be_read_or_has_a_wrong_type_is_a_400_with_a_message_alone(string body)
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(["message"], reply.Json.EnumerateObject().Select(property => property.Name));
        Assert.Empty(api.Handler.Ledger);
    }
}
