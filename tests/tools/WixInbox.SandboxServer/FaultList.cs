using System.Text.Json;
using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>
/// Reads the faults that a test sends. A misspelt field is an error: a fault that silently does less hides bugs.
/// </summary>
internal static class FaultList
{
    /// <exception cref="FormatException">A fault cannot be read; the message says which and why.</exception>
    public static List<Fault> Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Send a list of faults, such as [{\"kind\":\"ResetAfter\"}].");
        }

        var faults = new List<Fault>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            try
            {
                faults.Add(ReadOne(item));
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException)
            {
                throw new FormatException($"Fault [{faults.Count}]: {exception.Message}", exception);
            }
        }

        return faults;
    }

    private static Fault ReadOne(JsonElement item)
    {
        var fault = new Fault();
        bool hasKind = false;
        foreach (JsonProperty field in item.EnumerateObject())
        {
            JsonElement value = field.Value;
            switch (field.Name)
            {
                case "kind":
                    fault.Kind = Kind(value.GetString());
                    hasKind = true;
                    break;
                case "status":
                    fault.Status = value.GetInt32();
                    break;
                case "delayMs":
                    fault.Delay = TimeSpan.FromMilliseconds(value.GetInt32());
                    break;
                case "retryAfter":
                    // Seconds are as natural as a number as they are as text.
                    fault.RetryAfter = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString();
                    break;
                case "code":
                    fault.Code = value.GetString();
                    break;
                case "pathPrefix":
                    fault.PathPrefix = value.GetString();
                    break;
                case "method":
                    fault.Method = value.GetString();
                    break;
                case "times":
                    fault.Times = value.GetInt32();
                    break;
                default:
                    throw new FormatException($"there is no field {field.Name}.");
            }
        }

        return hasKind ? fault : throw new FormatException("kind is missing.");
    }

    // By name in any case; Enum.Parse alone would take numbers and lists as well.
    private static FaultKind Kind(string? text)
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            if (string.Equals(kind.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw new FormatException(
            $"there is no kind {text}; the kinds are {string.Join(", ", Enum.GetNames<FaultKind>())}.");
    }
}
