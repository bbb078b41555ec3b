COPY Genre FROM (LOAD FROM $rows RETURN id, name, degree)
