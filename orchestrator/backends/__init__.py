"""What stands between the platform and its model servers: health, queues, failover."""
