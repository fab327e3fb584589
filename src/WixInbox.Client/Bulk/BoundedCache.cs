namespace WixInbox;

/// <summary>
/// The latest findings, safe for several threads. When the cache is full, the oldest entry makes room.
/// </summary>
/// <typeparam name="TKey">What was looked for.</typeparam>
/// <typeparam name="TValue">What was found.</typeparam>
/// <param name="capacity">How much it holds.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = new();

    public bool TryGet(TKey key, out TValue value)
    {
        lock (_values)
        {
            return _values.TryGetValue(key, out value!);
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_values)
        {
            if (!_values.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _values[key] = value;
            if (_values.Count > capacity)
            {
                _values.Remove(_order.Dequeue());
            }
        }
    }
}
