using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>GET /inbox/v2/messages: newest first, in pages.</summary>
internal static class ListMessages
{
    public static Answer Handle(JsonElement parameters, Inbox inbox)
    {
        var violations = new Violations();
        var request = new InputObject(parameters, string.Empty, violations);
        var conversationId = request.RequiredGuid("conversationId");
        var visibility = request.Enum("visibility", EnumNames.ListVisibility, optional: false);
        InputObject? paging = request.Object("paging");
        var limit = paging?.Int32("limit", 0, FieldLimits.PageSize) ?? 0;
        var cursorText = paging?.Text("cursor", max: FieldLimits.Cursor);
        var ascending = Ascending(request.Object("sorting"));
        ListCursor? cursor = null;
        if (!string.IsNullOrEmpty(cursorText) && conversationId is not null && visibility is not null)
        {
            cursor = ListCursor.Decode(cursorText!);

            // Wix: keep visibility and sorting the same across pages. What happens otherwise is not documented; our
            // choice is to refuse, since the next page would make no sense.
            if (cursor is null
                || (cursor.ConversationId, cursor.Visibility, cursor.Ascending)
                != (conversationId, visibility, ascending))
            {
                violations.Add("paging.cursor", ViolatedRule.Format, "is not a cursor of this list.");
            }
        }

        if (violations.Any || conversationId is null || visibility is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        if (inbox.FindConversation(conversationId) is not Conversation conversation)
        {
            return ErrorAnswers.ConversationNotFound(conversationId);
        }

        // BUSINESS is the view of a site's collaborators and shows everything; the other shows what both sides see.
        IEnumerable<StoredMessage> visible = inbox.MessagesOf(conversation)
            .Where(message => visibility == EnumNames.Business || message.Visibility == visibility);
        StoredMessage[] list = ascending ? [.. visible] : [.. visible.Reverse()];

        // A limit of 0 is allowed, and in proto the same as none: the default of 30. Pages of more than 30 are
        // documented by the field's limit of 100 and doubted by the prose; our choice is the limit.
        return Page(list, cursor, limit == 0 ? FieldLimits.DefaultPageSize : limit, sequence =>
            new ListCursor(conversationId, visibility, ascending, sequence, Forward: true));
    }

    // The SDK knows message_sequence alone; the reference's prose says sequence. Both pass. The order defaults to the
    // list's own, newest first.
    private static bool Ascending(InputObject? sorting)
    {
        var field = sorting?.Text("fieldName", max: FieldLimits.SortFieldName);
        if (field is not (null or "message_sequence" or "sequence"))
        {
            sorting!.Violations.Add(
                sorting.PathOf("fieldName"),
                ViolatedRule.Custom,
                "is not message_sequence, the one field to sort by.",
                ruleName: "UNSUPPORTED_SORT_FIELD");
        }

        return sorting?.Enum("order", EnumNames.SortOrder) == "ASC";
    }

    private static Answer Page(StoredMessage[] list, ListCursor? cursor, int limit, Func<long, ListCursor> cursorAfter)
    {
        var start = 0;
        var end = Math.Min(list.Length, limit);
        if (cursor is not null)
        {
            bool IsBefore(StoredMessage message) =>
                cursor.Ascending ? message.Sequence < cursor.Sequence : message.Sequence > cursor.Sequence;
            var before = list.Count(IsBefore);
            if (cursor.Forward)
            {
                start = list.Count(message => IsBefore(message) || message.Sequence == cursor.Sequence);
                end = Math.Min(list.Length, start + limit);
            }
            else
            {
                end = before;
                start = Math.Max(0, before - limit);
            }
        }

        var cursors = new JsonObject();
        if (start < end && end < list.Length)
        {
            cursors["next"] = cursorAfter(list[end - 1].Sequence).Encode();
        }

        if (start < end && start > 0)
        {
            cursors["prev"] = (cursorAfter(list[start].Sequence) with { Forward = false }).Encode();
        }

        var metadata = Json.Write(new JsonObject { ["count"] = end - start, ["cursors"] = cursors });
        var messages = string.Join(",", list.Skip(start).Take(end - start).Select(message => message.Json));
        return new Answer(
            (int)HttpStatusCode.OK, $$"""{"messages":[{{messages}}],"pagingMetadata":{{metadata}}}""");
    }
}
